"""Every screen of the back office on a phone: it can be come to, is accessible, and fits.

Whoever works there begins at the own desk and follows the links, one page for each address. An
address to which no link leads needs a line in BY_NO_LINK, or its walk fails.
"""

from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db.models import Count
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from catalog.assistance.models import Batch, Record
from catalog.models import Product
from catalog.producers.admission.models import Objection
from catalog.producers.models import Membership
from catalog.traceability.models import Lot
from marketplace.order.models import Consignment
from tests.journeys.conftest import PHONE
from tests.journeys.phones import Phone, Phones
from tests.marketplace.dashboard.walking import PATTERNS

pytestmark = [pytest.mark.long, pytest.mark.screens]

LINKS = "Array.from(document.querySelectorAll('a[href]'), link => link.getAttribute('href'))"
# Photos, PDFs and tables: nothing that a browser shows as a page of ours.
FILES = {
    "admission_paper",
    "admission_sheet",
    "any_paper",
    "application_paper",
    "bank_file",
    "coop_recognition",
    "coop_record_file",
    "coop_statement_csv",
    "county_admission_paper",
    "county_admission_sheet",
    "county_agreement_page",
    "county_paper",
    "county_plan_export_file",
    "county_record_file",
    "goods_export",
    "household_sheet",
    "paper",
    "plan_export_file",
    "proposal_paper",
    "recognition_file",
    "review_paper",
}
# Buttons, and what only a letter, a fault or an open call of a fair leads to.
BY_NO_LINK = {
    "application_submit",
    "bank_file_new",
    "coop_fair_apply",
    "coop_lot_release",
    "county_agreement_remove",
    "county_plan_export",
    "county_plan_export_new",
    "delivered",
    "finding",
    "good_change",
    "goods_import",
    "goods_words",
    "household_find",
    "household_import",
    "household_reveal",
    "invitation",
    "kind_move",
    "pack_several",
    "parcel_number",
    "parcel_pack",
    "parcel_ship",
    "plan_export",
    "plan_export_new",
    "proposal_move",
    "recall_done",
    "refund_again",
    "specialty_move",
}


@pytest.fixture
def viewport():
    return PHONE


@pytest.fixture
def phones(new_context, site) -> Phones:
    return Phones(lambda: new_context().new_page(), site)


def name_of(path: str) -> str:
    """The name of an address of the back office, else nothing."""
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return ""
    return found.url_name if found.namespace == "backoffice" else ""


def operators_doors() -> list[str]:
    """The desk; pages in a state that has more to offer; those that a form leads to."""
    withdrawn = Product.objects.filter(withdrawal__isnull=False).first()
    certified = Product.objects.filter(withdrawal=None, product_papers__isnull=False).first()
    lot = Lot.objects.filter(state=Lot.State.RELEASED).first()
    asked = Objection.objects.filter(application__state="notice", answered_at=None).first()
    sent = Consignment.objects.filter(state="shipped").select_related("order").first()
    return [
        address("home"),
        address("recall_new", lot.code),
        address("any_good", withdrawn.pk),
        address("any_good", certified.pk),
        address("admission", asked.application_id),
        address("order", sent.order.number),
        address("compare"),
        address("offers"),
        f"{address('offers')}?kind=site",
        address("batch_publish", batch_to_publish().pk),
    ]


def batch_to_publish() -> Batch:
    """Pages about a batch that is ready are there while one is."""
    now = timezone.now()
    return Batch.objects.create(
        number="2026-0-1",
        month=now.date().replace(day=1),
        cutoff=now,
        state=Batch.State.READY,
        is_under_way=True,
        begun_at=now,
    )


def cooperatives_doors() -> list[str]:
    """The desk, a parcel that is packed, of lots in every state the one with most papers, and a
    good that is being written."""
    owner = Membership.objects.get(user__email="cooperative@example.com")
    mine = owner.cooperative.slug
    packed = Consignment.objects.filter(state="packed", partner__cooperative=owner.cooperative)
    lots = Lot.objects.filter(product__cooperative=owner.cooperative)
    lots = lots.annotate(of_papers=Count("papers")).order_by("state", "of_papers", "pk")
    codes = {lot.state: lot.code for lot in lots}.values()
    draft = owner.cooperative.proposals.get(state="draft")
    records = owner.cooperative.benefit_records.filter(counters=None, is_countered=False)
    confirmed = records.filter(state="confirmed").first()
    waiting = records.filter(state="submitted").first()
    Record.objects.filter(pk=waiting.pk).update(state="returned")
    return [
        address("coop", mine),
        address("parcel", mine, packed.first().pk),
        *(address("coop_lot", mine, code) for code in codes),
        address("proposal", mine, draft.pk),
        address("coop_record", mine, confirmed.number),
        address("coop_record_again", mine, waiting.number),
    ]


def countys_doors() -> list[str]:
    """The desk, and a payment that waits for the county's word."""
    waiting = Record.objects.filter(agreement__county="150125", state="submitted").first()
    return [address("county", "150125"), address("county_record", "150125", waiting.number)]


WALKS = {
    "operator": operators_doors,
    "county": countys_doors,
    "cooperative": cooperatives_doors,
    "consumer": lambda: [address("apply")],
}


def address(name: str, *args: object) -> str:
    return reverse(f"backoffice:{name}", args=args)


def walk_from(phone: Phone, doors: list[str]) -> set[str]:
    """One page for each address that links lead to; their names."""
    waiting, seen = deque(doors), {name_of(door) for door in doors}
    while waiting:
        phone.go(waiting.popleft())
        for path in links_of(phone):
            name = name_of(path)
            if name and name not in seen | FILES:
                seen.add(name)
                waiting.append(path)
    return seen


def links_of(phone: Phone) -> Iterator[str]:
    here = urlsplit(phone.page.url).path
    for link in phone.page.evaluate(LINKS):
        if link.startswith(("/", "?")):
            yield link if link.startswith("/") else here + link


def test_every_screen_can_be_come_to_is_accessible_and_fits_a_phone(phones):
    seen = set()
    for who, doors in WALKS.items():
        seen |= walk_from(phones.of(who), doors())
    assert sorted(set(PATTERNS) - seen - FILES - BY_NO_LINK) == []
