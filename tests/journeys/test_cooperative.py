"""A cooperative's whole way on a phone: from the application to the money in the bank.

Everybody acts on screens; only the passing of time is made otherwise.
"""

import pytest

from tests.journeys import admission, paying_out, selling
from tests.journeys.conftest import PHONE
from tests.journeys.phones import Phones

pytestmark = pytest.mark.long


@pytest.fixture
def viewport():
    """Clerks work with a phone; what a wide screen shows is walked elsewhere."""
    return PHONE


@pytest.fixture
def phones(new_context, shop) -> Phones:
    return Phones(lambda: new_context().new_page(), shop)


def test_a_cooperative_applies_sells_ships_and_is_paid(phones):
    grower = phones.of_nobody()
    operator = phones.of("operator")
    admission.opens_an_account(grower)
    admission.applies(grower)
    admission.recommends(phones.of("county"))
    admission.audits(operator)
    admission.stands_in_public(phones.of_nobody())
    admission.notice_runs_out()
    admission.opens(operator)
    admission.comes_to_the_desk(grower)
    cooperative = admission.application().cooperative.slug
    selling.lists_a_good(grower, cooperative)
    selling.approves_the_good(operator)
    buyer = phones.of_nobody()
    parcel = selling.buys(buyer)
    lot = selling.records_and_releases_a_lot(grower, cooperative)
    selling.packs(grower, cooperative, parcel, lot)
    selling.prints_the_label(grower, parcel)
    selling.sends(grower, parcel)
    selling.receives(buyer, parcel)
    paying_out.reads_the_statement(grower, cooperative, parcel.order.number)
    paying_out.writes_the_account_down(grower, cooperative)
    paying_out.confirms_the_account(operator)
    paying_out.proposes(operator, parcel.order.total_incl_tax)
    paying_out.approves(phones.of("operator2"))
    assert str(parcel.order.total_incl_tax) in paying_out.takes_to_the_bank(operator)
    paying_out.notes_the_slip(operator)
    paying_out.sees_it_paid(grower, cooperative)
