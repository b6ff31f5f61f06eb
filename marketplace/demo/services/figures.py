"""Published figures of the demonstration, certificates, and a plan to hold them against."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from catalog.assistance.models import Batch, Recognition, Scheme
from catalog.assistance.services.batches import begin_batch, publish_batch
from catalog.models import Product
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.demo import reading
from marketplace.demo.days import after
from marketplace.demo.services.agreements import load_agreements, moment
from marketplace.demo.services.benefits import COUNTED, counted_months, load_records
from marketplace.demo.services.slips import shared_slip
from marketplace.demo.services.undecided import UNDECIDED, load_undecided
from marketplace.months import next_month
from marketplace.order.models import Line
from marketplace.payment.models import Payment
from marketplace.reports.making import make_month
from marketplace.reports.models import Plan
from marketplace.reports.plans import Goal, Slot, Terms, save_lines, save_plan

OPERATOR = "operator@example.com"
HUNDRED = 100


def load_figures(*, today: date) -> int:
    """Agreements, records and two batches, once; how many batches there are."""
    deals = load_agreements(today=today)
    if deals:
        *_others, before, month = counted_months(today)
        load_records(deals=deals, today=today, left_out=UNDECIDED)
        load_undecided(deals=deals, before=before, month=month)
        for each in (before, month):
            publish_month(each)
    return Batch.objects.count()


def publish_month(month: date) -> None:
    operator = User.objects.get(email=OPERATOR)
    at = moment(next_month(month), COUNTED)
    batch = begin_batch(month=month, by=operator, now=at)
    make_month(batch_id=batch.pk)
    hour_later = at + timedelta(hours=1)
    publish_batch(batch_id=batch.pk, by=operator, now=hour_later, little_is_seen=True)


def load_recognitions(*, products: dict[int, Product], day: date) -> int:
    """Certificates, once: later they belong to the operator."""
    if not Recognition.objects.exists():
        schemes = Scheme.objects.in_bulk(field_name="code")
        slugs = {row["key"]: row["slug"] for row in reading.cooperatives()}
        makers = Cooperative.objects.in_bulk(field_name="slug")
        Recognition.objects.bulk_create(
            Recognition(
                scheme=schemes[row["scheme"]],
                cooperative=makers[slugs[row["cooperative"]]],
                product=products.get(row.get("good")),
                number=row["number"],
                issuer=row["issuer"],
                valid_from=after(day, row["from"]),
                valid_until=after(day, row["until"]),
                file=shared_slip(),
            )
            for row in reading.read("assistance")["recognition"]
        )
    return Recognition.objects.count()


def load_plan(*, today: date) -> int:
    """For the year of the last published month; goals for what was sold in it."""
    texts = reading.read("assistance")["plan"]
    year = counted_months(today)[-1].year
    if not Plan.objects.exists():
        terms = Terms(texts["name"], texts["name_en"], year - 1, year, is_open=True)
        plan, _before = save_plan(plan_id=None, terms=terms)
        for code, share in texts["base"].items():
            goals = {
                Slot(specialty, channel): goal_of(sold, share, texts["factor"])
                for specialty, channel, sold in sold_in(year, code)
            }
            save_lines(plan_id=plan.pk, county=Region.objects.get(code=code), goals=goals)
    return Plan.objects.count()


def goal_of(sold: Decimal, share: float, factor: int) -> Goal:
    """In whole hundreds of yuan, the base at least one."""
    base = Decimal(max(int(float(sold) * share) // HUNDRED, 1) * HUNDRED)
    return Goal(base, base * factor)


def sold_in(year: int, county: str) -> list[tuple[int, str, Decimal]]:
    """By specialty and channel."""
    lines = Line.objects.filter(
        order__payment__state=Payment.State.SUCCEEDED,
        order__payment__settled_at__year=year,
        partner__cooperative__county=county,
        product__parent__specialty__isnull=False,
    )
    keys = ("product__parent__specialty", "channel")
    return list(lines.order_by(*keys).values_list(*keys).annotate(sum=Sum("line_price_incl_tax")))
