"""Offers and vouchers as operators make and end them."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.offer.checks import check_dates, check_limit, check_terms, complain
from marketplace.offer.models import Benefit, Condition, ConditionalOffer, Range
from marketplace.offer.terms import Scope, Terms
from marketplace.voucher.codes import is_code, normalise_code
from marketplace.voucher.models import Voucher


def create_offer(
    *,
    terms: Terms,
    begins: datetime | None,
    ends: datetime | None,
    limit_total: int | None = None,
    priority: int = 0,
    exclusive: bool = False,
    by: User | None,
    now: datetime,
) -> ConditionalOffer:
    """An offer for everybody. Raises ValidationError with the words by parameter or Terms field.

    `limit_total` counts orders; of several offers the highest `priority` counts first.
    """
    errors = (
        check_terms(terms) | check_dates(begins, ends, now) | check_limit(limit_total=limit_total)
    )
    complain(errors | taken_names(terms.name))
    try:
        return write_offer(
            terms,
            by,
            offer_type=ConditionalOffer.SITE,
            start_datetime=begins,
            end_datetime=ends,
            max_global_applications=limit_total,
            priority=priority,
            exclusive=exclusive,
        )
    except IntegrityError:
        complain(taken_names(terms.name))
        raise


def create_voucher(
    *,
    code: str,
    terms: Terms,
    begins: datetime,
    ends: datetime,
    limit_total: int | None,
    limit_per_person: int | None = 1,
    by: User | None,
    now: datetime,
) -> Voucher:
    """A voucher and its offer. Raises ValidationError with the words by parameter or Terms field.

    The code is kept as voucher.codes.normalise_code writes it.
    """
    code = normalise_code(code)
    errors = check_terms(terms) | check_dates(begins, ends, now)
    errors |= check_limit(limit_total=limit_total, limit_per_person=limit_per_person)
    complain(errors | taken_names(terms.name) | bad_code(code))
    try:
        return write_voucher(
            terms,
            by,
            code=code,
            start_datetime=begins,
            end_datetime=ends,
            limit_total=limit_total,
            limit_per_person=limit_per_person,
        )
    except IntegrityError:
        complain(taken_names(terms.name) | bad_code(code))
        raise


def end_offer(*, offer: ConditionalOffer, by: User | None, now: datetime) -> None:
    """From now on it counts no more; one that has ended stays as it is."""
    open_ended = ConditionalOffer.objects.site().not_ended(now).filter(pk=offer.pk)
    begun = Least(Coalesce("start_datetime", Value(now)), Value(now))
    open_ended.update(end_datetime=now, start_datetime=begun, ended_by=by)
    offer.refresh_from_db()


@transaction.atomic
def write_voucher(terms: Terms, by: User | None, **values: object) -> Voucher:
    offer = write_offer(terms, by, offer_type=ConditionalOffer.VOUCHER, exclusive=False)
    voucher = Voucher.objects.create(name=terms.name, created_by=by, **values)
    voucher.offers.add(offer)
    return voucher


@transaction.atomic
def write_offer(terms: Terms, by: User | None, **values: object) -> ConditionalOffer:
    """Oscar's slugs are of no use here; written by us, they need no pinyin of the name."""
    goods = write_range(terms.name, terms.scope)
    return ConditionalOffer.objects.create(
        slug=uuid.uuid4().hex,
        name=terms.name,
        name_en=terms.name_en,
        condition=Condition.objects.create(
            range=goods, type=Condition.VALUE, value=terms.threshold
        ),
        benefit=Benefit.objects.create(range=goods, type=terms.kind, value=terms.value),
        bearer=terms.bearer,
        cooperative=terms.cooperative,
        most_off=terms.most_off,
        created_by=by,
        **values,
    )


def write_range(name: str, scope: Scope) -> Range:
    goods = Range.objects.create(
        slug=uuid.uuid4().hex, name=name, includes_all_products=scope.is_everything
    )
    goods.included_categories.set(scope.categories)
    goods.cooperatives.set(scope.cooperatives)
    return goods


def taken_names(name: str) -> dict[str, str]:
    """Offers, vouchers and ranges share one name, which is unique in each table."""
    tables = (ConditionalOffer, Voucher, Range)
    if any(table.objects.filter(name=name).exists() for table in tables):
        return {"name": _("There is an offer or voucher of this name already.")}
    return {}


def bad_code(code: str) -> dict[str, str]:
    if not is_code(code):
        return {"code": _("3 to 40 letters, digits, Han characters or hyphens.")}
    if Voucher.objects.filter(code=code).exists():
        return {"code": _("There is a voucher with this code already.")}
    return {}
