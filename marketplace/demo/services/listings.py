"""What a cooperative has under way with the market, made once: afterwards it goes its own way."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from catalog.models import Category, Product, ProductClass
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.demo import reading
from marketplace.demo.services.art import upload
from marketplace.demo.services.goods import code_of
from marketplace.listings.models import Proposal, ProposalPicture
from marketplace.listings.services import save_content, start_change, start_good, submit

MORNING = time(9, 20)


def load_listings(*, categories: dict[str, Category], day: date) -> int:
    """Nothing when the cooperative has ever proposed anything; the number of its proposals."""
    entries = reading.read("listings")
    slug = next(
        row["slug"] for row in reading.cooperatives() if row["key"] == entries["cooperative"]
    )
    cooperative = Cooperative.objects.get(slug=slug)
    if not cooperative.proposals.exists():
        by = User.objects.filter(email=entries["account"]).first()
        _write_good(cooperative, entries["draft"], categories, by, day)
        waiting = _write_good(cooperative, entries["submitted"], categories, by, day)
        _send(waiting, by, _moment(entries["submitted"], day))
        _write_change(entries["change"], by, day)
    return cooperative.proposals.count()


def _moment(entry: dict, day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=entry["days"]), MORNING))


def _write_good(
    cooperative: Cooperative, entry: dict, categories: dict, by: User | None, day: date
) -> Proposal:
    regime = ProductClass.objects.get(slug=entry["regime"])
    proposal = start_good(cooperative=cooperative, regime=regime, by=by, now=_moment(entry, day))
    for place, art in enumerate(entry["art"]):
        name, renditions = upload(art, "listings")
        ProposalPicture.objects.create(
            proposal=proposal, file=name, place=place, renditions=renditions
        )
    values = entry["content"] | {"packs": entry["packs"]}
    if "category" in entry:
        values["category"] = categories[entry["category"]].pk
    return save_content(proposal_id=proposal.pk, values=values, seen=proposal.version)


def _write_change(entry: dict, by: User | None, day: date) -> None:
    product = Product.objects.get(upc=code_of(entry["number"]))
    proposal = start_change(product=product, by=by, now=_moment(entry, day))
    proposal = save_content(proposal_id=proposal.pk, values=entry["content"], seen=proposal.version)
    _send(proposal, by, _moment(entry, day) + timedelta(hours=1))


def _send(proposal: Proposal, by: User | None, now: datetime) -> None:
    submit(proposal_id=proposal.pk, seen=proposal.version, by=by, now=now)
