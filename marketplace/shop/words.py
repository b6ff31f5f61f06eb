"""Rules of a product said in plain words: stock, dispatch, districts, returns."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Product
from catalog.models.product import Storage
from catalog.origins.models import Region
from catalog.origins.words import place_words
from marketplace.localised import listing
from marketplace.shipping.reach import Reach
from marketplace.shop.templatetags.shop_format import cn_day

PLENTY = 20


@dataclass(frozen=True)
class ReturnRule:
    """`exempt`: the seven days do not apply, and the buyer confirms that per purchase."""

    exempt: bool
    title: str
    text: str


def stock_words(free: int) -> str:
    """From 20 packs on the exact number is nobody's business."""
    if free >= PLENTY:
        return _("Plenty in stock")
    if free > 0:
        return ngettext("%(count)s left", "%(count)s left", free) % {"count": free}
    return _("Sold out")


def paragraphs(text: str) -> list[str]:
    """Parts of a text that blank lines part."""
    return [part for part in text.split("\n\n") if part.strip()]


def dispatch_words(product: Product) -> str:
    """When a parcel leaves: the window of a pre-sale, or the days of the week."""
    days = listing(WEEKDAYS[day - 1] for day in sorted(product.dispatch_weekdays))
    if product.ship_from:
        window = {"first": cn_day(product.ship_from), "last": cn_day(product.ship_until)}
        sentence = _("Pre-sale: sent out from %(first)s to %(last)s") % window
        return f"{sentence}{_(', ')}{days}" if days else sentence
    return _("Sent out every %(days)s") % {"days": days} if days else _("Sent out every day")


def short_place_words(path: Sequence[Region]) -> str:
    """The district and what it lies in: 北京市海淀区, 呼和浩特市武川县."""
    return place_words([region for region in path if region.level < Region.Level.STREET][-2:])


def district_words(path: Sequence[Region]) -> str:
    """The district alone."""
    return [region for region in path if region.level < Region.Level.STREET][-1].name_text


def area_words(product: Product, reach: Reach) -> str:
    """Where alone the good is sent, of a product with its districts; empty when to most places."""
    places = sorted(product.districts.all(), key=lambda district: district.code)
    if not places and not reach.goes_widely(product.storage):
        places = reach.zones.get(product.storage, ())
    names = listing(place.name_text for place in places)
    return _("Delivered only to: %(names)s") % {"names": names} if names else ""


def return_rule(storage: str) -> ReturnRule:
    """By temperature class (consumer law art. 25; quality problems are always made good)."""
    if storage == Storage.AMBIENT:
        return ReturnRule(
            False,
            _("Unopened, it can go back within seven days"),
            _("Within seven days of delivery, no reason needed. You pay the way back."),
        )
    if storage == Storage.FROZEN:
        return ReturnRule(
            True,
            _("Frozen: no return without a reason"),
            _("Once thawed it cannot be sold again. We ask you to confirm this before you pay."),
        )
    return ReturnRule(
        True,
        _("Fresh and perishable: no return without a reason"),
        _("We ask you to confirm this before you pay; unconfirmed, it does not hold."),
    )
