"""What anybody may see of the plan: its sums, as of the batch that is published."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import DecimalField, Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from catalog.assistance.models import Batch
from marketplace.money import FEN, NOTHING
from marketplace.reports.course import Amounts, course_of
from marketplace.reports.models import Plan, PlanLine, SalesCell
from marketplace.reports.progress import batches_for
from marketplace.reports.sales import months_of


@dataclass(frozen=True)
class PublicPlan:
    """Payments are counted until `until`, as was known when the batch was cut. Sums alone: a
    line may be the business of one cooperative."""

    plan: Plan
    amounts: Amounts
    batch: Batch
    until: datetime

    @property
    def as_of(self) -> datetime:
        return self.batch.cutoff

    @property
    def base_year(self) -> str:
        """A number of a year has no comma in any language."""
        return str(self.plan.base_year)

    @property
    def target_year(self) -> str:
        return str(self.plan.target_year)

    @property
    def filled(self) -> int:
        """Of a bar a hundred wide: what is reached."""
        return min(int(self.amounts.percent or 0), 100)

    @property
    def expected(self) -> int:
        """Of the same bar: where the pace is."""
        return int(self.amounts.course.share * 100)


def read_public_plan() -> PublicPlan | None:
    """The same sums as the officials' page has, in two queries.

    Of the latest plan that is shown, wants anything sold, and has a batch that tells of its year:
    the next year's may be opened before its first month is published. None without such a plan.
    """
    plans = Plan.objects.for_list().filter(is_open=True)
    found = (public_plan_of(plan) for plan in plans if plan.target)
    return next(filter(None, found), None)


def public_plan_of(plan: Plan) -> PublicPlan | None:
    """Of a plan with its sums (`for_list`)."""
    batch = batches_for(plan).annotate(sold=sum_of("sold", plan), back=sum_of("refunded", plan))
    newest = batch.first()
    if newest is None:
        return None
    until = months_of(newest)[1]
    sums = (newest.sold.quantize(FEN), newest.back.quantize(FEN))
    course = course_of(plan.target_year, until)
    amounts = Amounts(plan.base.quantize(FEN), plan.target.quantize(FEN), *sums, course)
    return PublicPlan(plan, amounts, newest, until)


def sum_of(name: str, plan: Plan) -> Coalesce:
    """Of a batch: what its cells have of it in the plan's year, where the plan has a line."""
    cells = planned_cells(plan).filter(batch=OuterRef("pk")).order_by()
    total = cells.values("batch").annotate(total=Sum(name)).values("total")
    return Coalesce(Subquery(total), NOTHING, output_field=DecimalField())


def planned_cells(plan: Plan) -> QuerySet[SalesCell]:
    names = ("county", "specialty", "channel")
    line = PlanLine.objects.filter(plan=plan, **{name: OuterRef(name) for name in names})
    return SalesCell.objects.filter(Exists(line), month__year=plan.target_year)
