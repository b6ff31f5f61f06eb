"""What the page of a parcel asks, and that a refusal has changed nothing."""

from tests.marketplace.dashboard.shipping import text
from tests.marketplace.packing import state_of_parcels


def nothing_changed(browser, address, data) -> str:
    before = state_of_parcels()
    answer = browser.post(address, data, follow=True)
    assert state_of_parcels() == before
    assert answer.status_code in (200, 409)
    return text(answer)
