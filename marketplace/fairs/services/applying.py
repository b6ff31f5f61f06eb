"""What a cooperative does: begin, write, hand in, withdraw, come back."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.producers.models import Cooperative
from catalog.querysets import ProductQuerySet
from marketplace.accounts.models import User
from marketplace.fairs.answers import clean_answers, missing_of, problems_of
from marketplace.fairs.models import Allotment, Exhibitor, ExhibitorProduct, Fair, Question
from marketplace.fairs.refusals import BeingJudged, CallClosed
from marketplace.fairs.services.locks import hold_exhibitor, hold_fair
from marketplace.fairs.services.steps import check_step, release_booth_of, take_step

State = Exhibitor.State
GOODS = "goods"


def is_call_open(fair: Fair, now: datetime) -> bool:
    return fair.state == Fair.State.CALL and now < fair.call_closes_at


def may_change(exhibitor: Exhibitor, now: datetime) -> bool:
    """While the call is open and nobody has scored or decided it."""
    in_hand = exhibitor.state in (State.DRAFT, State.APPLIED)
    return in_hand and is_call_open(exhibitor.fair, now) and not exhibitor.reviews.exists()


def goods_to_bring(cooperative: Cooperative) -> ProductQuerySet:
    """Its goods that stand in the shop, sold out or not; what the market took off sale is out."""
    goods = Product.objects.filter(structure=Product.PARENT, cooperative=cooperative)
    return goods.filter(is_public=True, withdrawal=None).order_by("pk")


@transaction.atomic
def begin_application(
    *, fair_id: int, cooperative: Cooperative, by: User, now: datetime
) -> Exhibitor:
    """A draft. Who has applied already goes on with that. Raises CallClosed."""
    fair = hold_fair(fair_id)
    found = Exhibitor.objects.filter(fair=fair, cooperative=cooperative).first()
    if found:
        return found
    if not is_call_open(fair, now):
        raise CallClosed
    exhibitor = Exhibitor(fair=fair, cooperative=cooperative, county_id=cooperative.county_id)
    exhibitor.save()
    return take_step(exhibitor, to=State.DRAFT, by=by, now=now)


@transaction.atomic
def save_application(
    *,
    exhibitor_id: int,
    product_ids: Collection[int],
    answers: Mapping[str, str],
    now: datetime,
) -> Exhibitor:
    """Keep the goods and answers; a draft may lack some, what was handed in may not.

    `answers` are by key of the question; those to questions that are not asked are dropped.
    Raises CallClosed, BeingJudged, ValidationError by "goods" or by key of the question.
    """
    exhibitor = hold_exhibitor(exhibitor_id)
    if not is_call_open(exhibitor.fair, now):
        raise CallClosed
    if not may_change(exhibitor, now):
        raise BeingJudged
    questions = questions_of(exhibitor.fair)
    exhibitor.answers = clean_answers(questions, answers)
    problems = problems_of(questions, exhibitor.answers)
    own = goods_to_bring(exhibitor.cooperative).filter(pk__in=product_ids)
    brought = set(own.values_list("pk", flat=True))
    if set(product_ids) - brought:
        problems[GOODS] = _("Choose among your own goods that are in the shop.")
    if problems:
        raise ValidationError(problems)
    keep_goods(exhibitor, brought)
    exhibitor.save(update_fields=["answers"])
    if exhibitor.state == State.APPLIED:
        check_complete(exhibitor)
    return exhibitor


@transaction.atomic
def submit_application(*, exhibitor_id: int, by: User, now: datetime) -> Exhibitor:
    """Hand it in. Raises CallClosed, StepRefused, ValidationError by field."""
    exhibitor = hold_exhibitor(exhibitor_id)
    check_step(exhibitor, to=State.APPLIED, after=State.DRAFT)
    if not is_call_open(exhibitor.fair, now):
        raise CallClosed
    check_complete(exhibitor)
    return take_step(exhibitor, to=State.APPLIED, by=by, now=now, applied_at=now)


@transaction.atomic
def withdraw_application(*, exhibitor_id: int, by: User, reason: str, now: datetime) -> Exhibitor:
    """Take it back, accepted or not; its booth is free at once. Raises StepRefused, FairOver."""
    exhibitor = hold_exhibitor(exhibitor_id)
    check_step(exhibitor, to=State.WITHDRAWN)
    release_booth_of(exhibitor, ending=Allotment.Ending.WITHDRAWN, now=now)
    return take_step(exhibitor, to=State.WITHDRAWN, by=by, now=now, reason=reason)


@transaction.atomic
def return_to_fair(*, exhibitor_id: int, by: User, now: datetime) -> Exhibitor:
    """The cooperative takes up again what it had withdrawn, before the deadline.

    Raises CallClosed, StepRefused, ValidationError by field.
    """
    exhibitor = hold_exhibitor(exhibitor_id)
    check_step(exhibitor, to=State.APPLIED, after=State.WITHDRAWN)
    if not is_call_open(exhibitor.fair, now):
        raise CallClosed
    check_complete(exhibitor)
    return take_step(exhibitor, to=State.APPLIED, by=by, now=now, applied_at=now)


def questions_of(fair: Fair) -> list[Question]:
    return list(Question.objects.filter(fair=fair).order_by("sort_order", "pk"))


def keep_goods(exhibitor: Exhibitor, brought: set[int]) -> None:
    exhibitor.goods.exclude(product__in=brought).delete()
    there = set(exhibitor.goods.values_list("product", flat=True))
    ExhibitorProduct.objects.bulk_create(
        ExhibitorProduct(exhibitor=exhibitor, product_id=pk) for pk in sorted(brought - there)
    )


def missing_in(exhibitor: Exhibitor) -> dict[str, str]:
    """By "goods" or key of the question, what is missing before it may be handed in."""
    questions = questions_of(exhibitor.fair)
    missing = missing_of(questions, exhibitor.answers)
    if not exhibitor.goods.exists():
        missing[GOODS] = _("Choose the goods that you bring.")
    return missing


def check_complete(exhibitor: Exhibitor) -> None:
    missing = missing_in(exhibitor)
    if missing:
        raise ValidationError(missing)


@transaction.atomic
def write_application(
    *,
    fair_id: int,
    cooperative: Cooperative,
    product_ids: Collection[int],
    answers: Mapping[str, str],
    hand_in: bool,
    by: User,
    now: datetime,
) -> Exhibitor:
    """Begin if need be, keep, and hand in if wished: all of it or nothing.

    Raises CallClosed, BeingJudged, ValidationError by field.
    """
    exhibitor = begin_application(fair_id=fair_id, cooperative=cooperative, by=by, now=now)
    exhibitor = save_application(
        exhibitor_id=exhibitor.pk, product_ids=product_ids, answers=answers, now=now
    )
    if hand_in and exhibitor.state == State.DRAFT:
        exhibitor = submit_application(exhibitor_id=exhibitor.pk, by=by, now=now)
    return exhibitor
