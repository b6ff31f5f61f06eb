"""The target year as a drawing: what was sold until the end of each month, and the pace."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.dates import MONTHS_ALT
from django.utils.translation import gettext as _

from marketplace.dashboard.overview.charts import HIGH, STEP, Bar, Chart, Item
from marketplace.reports.progress import Point, Progress
from marketplace.shop.templatetags.shop_format import yuan


@dataclass(frozen=True)
class CourseChart(Chart):
    """`pace` are the corners of its line, as an SVG writes them."""

    pace: str = ""


def draw_course(progress: Progress) -> CourseChart:
    points = progress.points
    top = max([Decimal(1), *(max(point.pace, point.net or Decimal(0)) for point in points)])
    items = [item_of(point) for point in points]
    bars = [
        Bar(item, STEP * place, HIGH - high, high)
        for place, item in enumerate(items)
        for high in [height(item.amount, top)]
    ]
    corners = [(0, HIGH)] + [
        (STEP * place, HIGH - height(point.pace, top)) for place, point in enumerate(points, 1)
    ]
    summary = _("Sold until then ¥%(net)s; the pace is at ¥%(pace)s.") % {
        "net": yuan(progress.total.net),
        "pace": yuan(progress.total.pace),
    }
    heads = (_("Until the end of"), _("Sold"), _("Pace"))
    line = " ".join(f"{x},{y}" for x, y in corners)
    return CourseChart(_("The year so far"), summary, heads, items, bars, line)


def item_of(point: Point) -> Item:
    words = "—" if point.net is None else f"¥{yuan(point.net)}"
    month = str(MONTHS_ALT[point.month.month])
    return Item(month, point.net or Decimal(0), words, (words, f"¥{yuan(point.pace)}"))


def height(amount: Decimal, top: Decimal) -> int:
    return round(HIGH * amount / top)
