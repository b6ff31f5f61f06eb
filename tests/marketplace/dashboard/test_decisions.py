"""What waits at the operator's and at the county's desk: the longest first, by its age."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.producers.models import Application, CooperativePaper, Objection
from marketplace.dashboard.decisions import read_decisions
from marketplace.listings.models import Proposal
from marketplace.order.models import Consignment
from marketplace.payment.models import Finding
from marketplace.settlement.models import PayoutStep
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.admission import (
    application_of,
    noticed,
    objection_to,
    over,
    recommended,
)
from tests.factories.listings import submitted
from tests.factories.lots import paper_of
from tests.marketplace.buying import DAY, NOW, order_for
from tests.marketplace.dashboard.conftest import posted, somebody
from tests.marketplace.dashboard.money import finding
from tests.marketplace.dashboard.test_orders_list import paid
from tests.marketplace.settlement.trade import approve, payout_of, send

pytestmark = pytest.mark.django_db
HOME = "/en/dashboard/"
ROW = re.compile(
    r'<b class="door__name">([^<]+) <span class="door__count number">(\d+)</span></b>'
    r'(?:<span class="small door__age number">([^<]+)</span>)?'
)


def ago(**moved):
    return NOW - timedelta(**moved)


def rows(html: str, anchor: str = "decide") -> list[tuple[str, str, str]]:
    return ROW.findall(html.partition(f'id="{anchor}"')[2].partition("block-title")[0])


def read(office) -> str:
    return office.get(HOME).content.decode()


def test_the_longest_waiting_stands_first_with_its_age(office):
    finding("unknown_money", "pi_1")
    finding("unknown_money", "pi_2")
    Finding.objects.filter(subject="pi_2").update(found_at=ago(days=2))
    proposal = submitted(CooperativeFactory())
    Proposal.objects.filter(pk=proposal.pk).update(submitted_at=ago(days=9))
    recommended(application_of(somebody("a")))
    assert rows(read(office)) == [
        ("Goods to review", "1", "The oldest waits 9 days"),
        ("Money to look into", "2", "The oldest waits 2 days"),
        ("Applications to decide", "1", "Since today"),
    ]


def test_a_day_of_waiting_is_a_day_in_beijing(office):
    finding("unknown_money", "pi_1")
    Finding.objects.update(found_at=NOW.replace(hour=0, minute=0) - timedelta(minutes=1))
    assert rows(read(office)) == [("Money to look into", "1", "The oldest waits 1 day")]


def test_an_objection_is_counted_once_and_not_as_an_application(office):
    objection = objection_to(recommended(application_of(somebody("a"))))
    Objection.objects.filter(pk=objection.pk).update(at=ago(days=3))
    assert rows(read(office)) == [("Objections to answer", "1", "The oldest waits 3 days")]


def test_a_notice_that_is_over_waits_since_the_day_after(office):
    application = over(application_of(somebody("a")))
    until = application.notice_until
    waits = (DAY - until).days - 1
    age = "Since today" if not waits else f"The oldest waits {waits} day"
    assert rows(read(office)) == [("Applications to decide", "1", age)]
    noticed(application_of(somebody("b")))
    assert rows(read(office)) == [("Applications to decide", "1", age)]


@pytest.mark.parametrize(
    ("steps", "label"),
    [
        ([], "Payouts to approve"),
        ([approve], "Payouts to put into a bank file"),
        ([approve, lambda _payout: send()], "Payouts without a slip"),
    ],
)
def test_a_payout_waits_at_each_of_its_steps_since_that_step(office, steps, label):
    payout = payout_of(CooperativeFactory())
    for step in steps:
        step(payout)
    newest = PayoutStep.objects.filter(payout=payout).order_by("-pk").first()
    PayoutStep.objects.exclude(pk=newest.pk).update(at=ago(days=8))
    PayoutStep.objects.filter(pk=newest.pk).update(at=ago(days=1))
    assert rows(read(office)) == [(label, "1", "The oldest waits 1 day")]


def test_late_parcels_and_papers_that_run_out_are_watched_and_lead_to_their_lists(office):
    late = paid()
    late.consignments.update(dispatch_on=DAY - timedelta(days=2))
    paid().consignments.update(dispatch_on=DAY)
    order_for().consignments.update(dispatch_on=DAY - timedelta(days=2))
    maker = CooperativeFactory(short_name_en="North Slope")
    paper = paper_of("business_licence", ends=DAY + timedelta(days=3))
    CooperativePaper.objects.create(cooperative=maker, paper=paper)
    html = read(office)
    assert rows(html, "watch") == [
        ("Late parcels", "1", "The oldest is 2 days late"),
        ("Papers that run out", "1", "North Slope: 3 days left"),
    ]
    assert 'href="/en/dashboard/papers/?state=ending"' in html
    assert 'href="/en/dashboard/orders/?state=late"' in html
    found = office.get("/en/dashboard/orders/?state=late").content.decode()
    assert set(re.findall(r"/orders/(YS[0-9A-Z-]+)/\"", found)) == {late.number}
    assert re.search(r'data-state="late"[^>]*>Late <span class="chip__count">1<', found)


def test_what_has_left_is_not_late(office):
    order = paid()
    Consignment.objects.filter(order=order).update(
        state="shipped", dispatch_on=DAY - timedelta(days=2)
    )
    html = read(office)
    assert 'id="watch"' not in html
    assert 'data-state="late"' not in office.get("/en/dashboard/orders/").content.decode()


def test_the_county_reads_its_own_applications_and_papers(client):
    client.force_login(posted("county", "county_confirmer", "150125"))
    application = application_of(somebody("a"))
    Application.objects.filter(pk=application.pk).update(since=ago(days=4))
    for county, name in (("150125", "Ours"), ("150124", "Theirs")):
        maker = CooperativeFactory(county_id=county, short_name_en=name)
        paper = paper_of("business_licence", ends=DAY - timedelta(days=1))
        CooperativePaper.objects.create(cooperative=maker, paper=paper)
    html = client.get("/en/dashboard/county/150125/").content.decode()
    assert ROW.findall(html) == [("Applications to recommend", "1", "The oldest waits 4 days")]
    assert "Ours · Business licence" in html
    assert "ended 1 day ago" in html
    assert "Theirs" not in html
    assert "/county/150125/papers/?state=ended" in html


def test_nothing_to_decide_costs_nothing_to_say(client):
    client.force_login(posted("county", "county_confirmer", "150125"))
    html = client.get("/en/dashboard/county/150125/").content.decode()
    assert "Nothing waits for you." in html
    assert "Papers that run out" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_pages_cost_the_same_for_any_number(
    client, office, count, django_assert_max_num_queries
):
    for number in range(count):
        maker = CooperativeFactory()
        paper = paper_of("business_licence", ends=DAY + timedelta(days=3))
        CooperativePaper.objects.create(cooperative=maker, paper=paper)
        submitted(maker)
        application_of(somebody(f"a{number}"))
        payout_of(maker)
        paid(ProductFactory(cooperative=maker)).consignments.update(
            dispatch_on=DAY - timedelta(days=2)
        )
    assert len(read_decisions(timezone.now())) == 2
    office.get(HOME)
    with django_assert_max_num_queries(15):
        office.get(HOME)
    client.force_login(posted("county", "county_confirmer", "150125"))
    with django_assert_max_num_queries(7):
        client.get("/en/dashboard/county/150125/")
