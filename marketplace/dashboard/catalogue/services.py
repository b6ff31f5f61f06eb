"""What the market itself changes at a cooperative's goods, and tells it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.models import Product
from marketplace.accounts.models import User
from marketplace.dashboard.goods.services import change_goods
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import keep_change
from marketplace.listings.services import strike_paper
from marketplace.partner.notices import tell_changes, tell_paper
from marketplace.partner.shelf import Changed, Wanted


@transaction.atomic
def change_packs(
    *, good: Product, wanted: Mapping[int, Wanted], by: User, now: datetime
) -> list[Changed]:
    """As the cooperative itself would, with one mail to its people. Raises RowsRefused."""
    changed = change_goods(cooperative=good.cooperative, wanted=wanted, by=by, now=now)
    tell_packs(good=good, changed=changed, now=now)
    return changed


def tell_packs(*, good: Product, changed: list[Changed], now: datetime) -> None:
    """One mail to each of the good's people about all that the market changed; none for nothing."""
    with override(settings.LANGUAGE_CODE):
        lines = list(lines_of(changed))
    if lines:
        tell_changes(good=good, lines=lines, at=now, day=timezone.localdate(now))


@transaction.atomic
def take_paper(*, good: Product, paper_id: int, reason: str, by: User, now: datetime) -> None:
    """Strike a paper that is wrong or forged; its cooperative reads why.

    Raises ProductPaper.DoesNotExist.
    """
    paper = strike_paper(product_id=good.pk, paper_id=paper_id, now=now)
    keep_change(
        room=Change.Room.PAPER,
        subject=str(good.pk),
        before={"kind": paper.kind, "number": paper.number},
        after={"reason": reason},
        by=by,
        now=now,
    )
    tell_paper(good=good, paper=paper, reason=reason, at=now, day=timezone.localdate(now))


def lines_of(changed: list[Changed]) -> Iterator[str]:
    for each in changed:
        name, record = each.record.product.title, each.record
        if record.price != each.price_before:
            prices = {"name": name, "before": each.price_before, "after": record.price}
            yield _("%(name)s: price ¥%(before)s → ¥%(after)s") % prices
        if record.num_in_stock != each.quantity_before:
            numbers = {"name": name, "before": each.quantity_before, "after": record.num_in_stock}
            yield _("%(name)s: stock %(before)s → %(after)s packs") % numbers
