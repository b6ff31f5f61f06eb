"""The basket: Oscar's rows, with one open basket per user made sure of by the database."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from catalog.models import Product
from catalog.models.product import Storage, UnitPrice
from marketplace.basket.querysets import BasketQuerySet, LineQuerySet
from marketplace.partner.refusals import MOST_PACKS, Refusal, quantity_words


class Basket(AbstractBasket):
    """Packs that someone means to buy; nothing is reserved until an order is placed.

    A guest's first basket stands for the guest: its key lies in the cookie, and the baskets
    that follow it point back to it. `merge_notes` say what became of the goods when a guest's
    basket was laid into the user's, until the user has read it; see marketplace.basket.merging.
    """

    voucher_code = models.CharField(_("Voucher code"), max_length=40, blank=True)
    continues = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    merge_notes = models.JSONField(default=list, blank=True, editable=False)

    objects = BasketQuerySet.as_manager()

    class Meta(AbstractBasket.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(status="Open"), name="basket_one_open_per_owner"
            ),
            models.UniqueConstraint(
                fields=["continues"],
                condition=Q(status="Open", owner__isnull=True),
                name="basket_one_open_per_guest",
            ),
        ]

    @property
    def guest_id(self) -> int:
        """Of a guest's basket: the key of their first."""
        return self.continues_id or self.pk


class Line(AbstractLine):
    """Packs of one kind in the basket, or saved for later; one line each.

    Prices are those of the stock record now; `price_incl_tax` is the one that the buyer knows.
    """

    saved = models.BooleanField(_("Saved for later"), default=False)

    objects = LineQuerySet.as_manager()

    # Set by marketplace.basket.contents: why it cannot be ordered like this, which keeps the rest
    # from sale; and what stands beside it: words, numbers of packs that could be ordered, and a
    # quantity that was typed but refused.
    refusal: Refusal | None = None
    problem = typed = ""
    instead: Sequence[int] = ()

    class Meta(AbstractLine.Meta):
        ordering = ()
        constraints = [
            models.UniqueConstraint(
                fields=["basket", "product", "saved"], name="basket_line_one_per_pack"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MOST_PACKS),
                name="basket_line_quantity_in_bounds",
            ),
        ]

    @property
    def is_blocked(self) -> bool:
        return self.refusal is not None

    @property
    def goods(self) -> Product:
        """The product of which this is a pack."""
        return self.product.parent

    @property
    def full_name(self) -> str:
        return f"{self.goods.name} {self.product.name}"

    @property
    def price(self) -> Decimal:
        return self.stockrecord.price

    @property
    def old_price(self) -> Decimal | None:
        """The price that the buyer knows, while it is no longer the price."""
        return self.price_incl_tax if self.price_incl_tax != self.price else None

    @property
    def price_rise(self) -> Decimal:
        """By how much the price of a pack went up since then; negative when it fell."""
        return self.price - self.price_incl_tax

    @property
    def price_fall(self) -> Decimal:
        return -self.price_rise

    @property
    def rule(self) -> str:
        """In which numbers the pack is sold; empty when in any."""
        return quantity_words(self.product)

    @property
    def back_number(self) -> int:
        """Of a saved line: how many packs can go back to the basket; 0 for none."""
        if not self.is_blocked:
            return self.quantity
        return self.instead[0] if self.instead else 0

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity

    @property
    def unit_price(self) -> UnitPrice:
        return self.product.unit_price_for(self.price)

    @property
    def needs_consent(self) -> bool:
        """Fresh, chilled or frozen: no return without reason, if the buyer agrees each time.

        Consumer law art. 25: without that agreement at the purchase the right stays.
        """
        return self.goods.storage != Storage.AMBIENT

    @property
    def seen(self) -> str:
        """Quantity and price as the confirm page shows them and sends them back."""
        return f"{self.quantity}x{self.price}"


from oscar.apps.basket.models import *
