"""What anybody may see of the plan: its sums, as of the batch that is published."""

from dataclasses import dataclass
from datetime import datetime

from catalog.assistance.models import Batch
from marketplace.reports.course import Amounts
from marketplace.reports.models import Plan
from marketplace.reports.progress import batches_for, read_progress

# The tables that it is read from, for whoever keeps the page that shows it.
READ = ("reports.Plan", "reports.PlanLine", "reports.SalesCell", "assistance.Batch")


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
    """None while no plan is shown that wants anything sold, or no batch tells of its year."""
    plan = Plan.objects.current()
    batch = batches_for(plan).first() if plan else None
    if batch is None:
        return None
    progress = read_progress(plan=plan, batch=batch)
    if not progress.total.target:
        return None
    return PublicPlan(plan, progress.total, batch, progress.until)
