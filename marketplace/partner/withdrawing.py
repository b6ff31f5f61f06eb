"""The market takes a good off sale, and puts it back: whoever sells it cannot do either.

The stock is held before the good, as by whoever buys: an order that took packs before is kept, and
none takes any after. What keeps it off sale is what papers and recalls use, see
catalog.compliance, so that shelf, basket and order know of no second reason.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.compliance import recompute_sellable
from catalog.models import Product, Withdrawal
from marketplace.accounts.models import User
from marketplace.partner.models import StockRecord
from marketplace.partner.notices import tell_withdrawal
from marketplace.partner.services import hold_stock


class NotAsShown(Exception):
    """Somebody else has taken it off sale, or put it back, meanwhile; nothing has changed."""

    @property
    def words(self) -> str:
        return _("Somebody has done so meanwhile. Please look again.")


@transaction.atomic
def withdraw_good(*, product_id: int, reason: str, by: User | None, now: datetime) -> Withdrawal:
    """From now on nobody can buy it; orders placed stay as they are. Its people are told why.

    Raises NotAsShown, ValidationError by field, Product.DoesNotExist.
    """
    good = hold_good(product_id)
    if good.withdrawal_id is not None:
        raise NotAsShown
    made = Withdrawal.objects.create(product=good, reason=reason_in(reason), at=now, by=by)
    Product.objects.filter(pk=good.pk).update(
        withdrawal=made, sellable_from=None, sellable_until=None
    )
    tell_withdrawal(withdrawal=made, day=timezone.localdate(now))
    return made


@transaction.atomic
def restore_good(*, product_id: int, reason: str, by: User | None, now: datetime) -> Withdrawal:
    """It may be sold again, as far as its papers go. Raises as withdraw_good does."""
    good = hold_good(product_id)
    if good.withdrawal_id is None:
        raise NotAsShown
    ended, today = good.withdrawal, timezone.localdate(now)
    ended.restored_at, ended.restored_by, ended.restored_because = now, by, reason_in(reason)
    ended.save(update_fields=["restored_at", "restored_by", "restored_because"])
    Product.objects.filter(pk=good.pk).update(withdrawal=None)
    recompute_sellable(product=good, day=today)
    tell_withdrawal(withdrawal=ended, day=today)
    return ended


def hold_good(product_id: int) -> Product:
    """Its stock, then the good itself, locked until the transaction ends; as it is now."""
    packs = StockRecord.objects.filter(product__parent=product_id).order_by()
    hold_stock(set(packs.values_list("pk", flat=True)))
    goods = Product.objects.filter(structure=Product.PARENT).select_related("product_class")
    return goods.select_for_update(no_key=True, of=("self",)).get(pk=product_id)


def reason_in(text: str) -> str:
    if not text.strip():
        raise ValidationError({"reason": _("Say why: the cooperative reads it.")})
    return text.strip()
