"""Proposals of a cooperative: an empty draft, one that may be submitted, one that was."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from catalog.models import Category, Product, ProductClass
from catalog.papers.services import Details
from catalog.producers.models import Cooperative
from marketplace.listings.models import Proposal, ProposalPaper, ProposalPicture, ShelfImport
from marketplace.listings.services import add_paper, save_content, start_change, start_good, submit
from tests.factories.files import PDF
from tests.factories.goods import specialty

MADE = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PACK = {
    "title": "1kg",
    "amount": "1",
    "unit": "kg",
    "net_grams": 1000,
    "net_ml": None,
    "gross_grams": 1100,
    "minimum_quantity": 1,
    "price": "18.00",
    "stock": 40,
}


def shelf_of(slug: str = "flour") -> Category:
    found = Category.objects.filter(slug=slug).first()
    return found or specialty().add_child(slug=slug, name="面粉")


def texts(**changes) -> dict:
    """What processed food must tell."""
    values = {
        "title": "石磨莜面粉",
        "title_en": "Stone-milled oat flour",
        "category": shelf_of().pk,
        "storage": "ambient",
        "summary": "轻炒过的新麦，石磨慢碾。",
        "description": "面色灰白，带一点麦黄。\n\n烫面后再揉。",
        "shelf_life": "6个月",
        "shelf_life_days": 180,
        "ingredients": "莜麦",
        "standard": "GB/T 13360",
        "packs": [PACK],
    }
    return values | changes


def draft_of(cooperative: Cooperative, regime: str = "processed") -> Proposal:
    return start_good(
        cooperative=cooperative,
        regime=ProductClass.objects.get(slug=regime),
        by=None,
        now=MADE,
    )


def ready(cooperative: Cooperative, regime: str = "processed", **changes) -> Proposal:
    """A draft that may be submitted."""
    proposal = draft_of(cooperative, regime)
    picture(proposal)
    return save_content(proposal_id=proposal.pk, values=texts(**changes), seen=proposal.version)


def submitted(cooperative: Cooperative, **changes) -> Proposal:
    proposal = ready(cooperative, **changes)
    return submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=MADE)


def picture(proposal: Proposal, name: str = "goods/one.jpg") -> ProposalPicture:
    """One whose sizes are made already."""
    row = {"name": f"{name}.240.webp", "width": 240, "height": 240}
    return ProposalPicture.objects.create(
        proposal=proposal, file=name, place=proposal.pictures.count(), renditions=[row]
    )


def change_of(product: Product, **values) -> Proposal:
    """A draft that changes these texts; one picture is added, for a good must have one."""
    proposal = start_change(product=product, by=None, now=MADE)
    picture(proposal)
    defaults = {key: value for key, value in texts().items() if key not in ("title", "packs")}
    return save_content(proposal_id=proposal.pk, values=defaults | values, seen=proposal.version)


def import_of(cooperative: Cooperative) -> ShelfImport:
    """One that was looked through and changes nothing."""
    return ShelfImport.objects.create(
        cooperative=cooperative, name="prices.xlsx", state="checked", begun_at=MADE
    )


def proposed_paper(proposal: Proposal, **changes) -> ProposalPaper:
    """An organic certificate with its PDF, as the wizard's last step hands it in."""
    values = {
        "kind": "organic_certificate",
        "number": "O-1",
        "issuer": "认证中心",
        "holder": "",
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
    }
    details = Details(**values | changes)
    file = ContentFile(PDF, name="certificate.pdf")
    return add_paper(proposal_id=proposal.pk, details=details, file=file)
