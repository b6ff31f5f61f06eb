"""The trade of two cooperatives as a machine, with batches frozen between its steps."""

from datetime import timedelta

from django.utils import timezone
from hypothesis.stateful import invariant

from catalog.assistance.models import Batch
from marketplace.ledger.models import Account, Entry
from marketplace.reports.sales import freeze_sales
from tests.factories.reports import batch_of
from tests.marketplace.reports.counting import frozen, recount, told_of
from tests.marketplace.settlement import market

LATER = timedelta(seconds=1)


def build() -> None:
    market.build()


class Figures(market.Trade):
    """Each batch is held beside what was counted by hand at its cutoff, however much has happened
    since."""

    def __init__(self):
        super().__init__()
        self.counted = {}

    def make_a_batch(self):
        """What happens from now on happens after the cutoff."""
        self.world.later(LATER)
        month = timezone.localdate().replace(day=1)
        batch = batch_of(month, cutoff=timezone.now())
        self.counted[batch.pk] = recount()
        self.assert_as_the_ledger_says(self.counted[batch.pk])

    def assert_as_the_ledger_says(self, counted):
        """Between the buyers and the cooperatives' accounts for goods."""
        goods, buyers = Account.Kind.COOPERATIVE, Account.Kind.BUYERS
        came = Entry.objects.filter(giver__kind=buyers, taker__kind=goods)
        went = Entry.objects.filter(giver__kind=goods, taker__kind=buyers)
        undone = came.filter(posting__event__startswith="refund_failed")
        sums = [sum(row.amount for row in rows) for rows in (came, went, undone)]
        sold = sum(sold for sold, _back in counted.values())
        refunded = sum(back for _sold, back in counted.values())
        assert (sold, refunded) == (sums[0] - sums[2], sums[1] - sums[2])

    @invariant()
    def everything_is_exact(self):
        """After every step the batches of before it say what they said, and there is a new one."""
        for batch in Batch.objects.filter(pk__in=[*self.counted][-3:]):
            freeze_sales(batch=batch)
            assert frozen(batch) == told_of(batch, self.counted[batch.pk])
        self.make_a_batch()

    def happened(self):
        yield from super().happened()
        months = {key[-1] for counted in self.counted.values() for key in counted}
        yield from ("two months" for _ in list(months)[1:])
