"""The two charts of a cooperative's sales: in yuan for who may know, in packs for a clerk."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.dashboard.overview.charts import Chart, Item, columns, strips
from marketplace.dashboard.overview.sales import Sales, Sold
from marketplace.dashboard.overview.words import packs_words
from marketplace.day_words import month_day
from marketplace.shop.templatetags.shop_format import cn_day, yuan

GOODS_AT_MOST = 8


@dataclass(frozen=True)
class SalesCharts:
    """`total` is in words, the money among them only when it may be known."""

    by_day: Chart
    by_good: Chart
    total: list[str]
    with_money: bool

    @property
    def more_goods(self) -> int:
        return len(self.by_good.items) - len(self.by_good.bars)


def draw_sales(sales: Sales, *, with_money: bool) -> SalesCharts:
    total = sales.total
    figures = [packs_words(total.packs), orders_words(total)]
    return SalesCharts(
        draw_days(sales, with_money=with_money),
        draw_goods(sales, with_money=with_money),
        [money_words(total), *figures] if with_money else figures,
        with_money,
    )


def draw_days(sales: Sales, *, with_money: bool) -> Chart:
    measure = measure_of(with_money=with_money)
    items = [
        Item(cn_day(day), measure(sold)[0], measure(sold)[1], cells(sold, with_money=with_money))
        for day, sold in sales.by_day.items()
    ]
    best_day, best = max(sales.by_day.items(), key=lambda pair: measure(pair[1])[0])
    summary = _("Most on %(day)s: %(sold)s") % {
        "day": month_day(best_day),
        "sold": measure(best)[1],
    }
    heads = (_("Day"), *heads_of(with_money=with_money))
    return Chart(_("By day"), summary, heads, items, columns(items))


def draw_goods(sales: Sales, *, with_money: bool) -> Chart:
    """The best stand first, and only so many are drawn; the table has all."""
    measure = measure_of(with_money=with_money)
    best_first = sorted(sales.by_good, key=lambda good: measure(good.sold)[0], reverse=True)
    items = [
        Item(
            good.name,
            measure(good.sold)[0],
            measure(good.sold)[1],
            cells(good.sold, with_money=with_money),
            good.tone,
        )
        for good in best_first
    ]
    heads = (_("Good"), *heads_of(with_money=with_money))
    return Chart(_("By good"), "", heads, items, strips(items[:GOODS_AT_MOST]))


def measure_of(*, with_money: bool) -> Callable[[Sold], tuple[Decimal | int, str]]:
    if with_money:
        return lambda sold: (sold.money, money_words(sold))
    return lambda sold: (sold.packs, packs_words(sold.packs))


def heads_of(*, with_money: bool) -> tuple[str, ...]:
    heads = (_("Orders"), _("Packs"))
    return (*heads, _("Paid by buyers")) if with_money else heads


def cells(sold: Sold, *, with_money: bool) -> tuple[str, ...]:
    figures = (str(sold.orders), str(sold.packs))
    return (*figures, money_words(sold)) if with_money else figures


def money_words(sold: Sold) -> str:
    return f"¥{yuan(sold.money)}"


def orders_words(sold: Sold) -> str:
    return ngettext("%(count)s order", "%(count)s orders", sold.orders) % {"count": sold.orders}
