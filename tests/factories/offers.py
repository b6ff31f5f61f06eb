"""Offers and vouchers that run from yesterday until next year."""

from datetime import datetime
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from marketplace.offer.campaigns import create_offer, create_voucher
from marketplace.offer.models import Bearer, ConditionalOffer
from marketplace.offer.terms import Scope, Terms
from marketplace.voucher.models import Voucher

BEIJING = ZoneInfo("Asia/Shanghai")
MADE = datetime(2026, 11, 1, tzinfo=BEIJING)
BEGINS, ENDS = datetime(2026, 11, 2, tzinfo=BEIJING), datetime(2027, 12, 1, tzinfo=BEIJING)
numbers = count(1)


def terms_of(*, off="8.00", percent=None, threshold="0.00", cooperative=None, **changes) -> Terms:
    """`off` yuan or `percent` from `threshold` upwards; a cooperative given here bears it."""
    values = {
        "name": f"满减{next(numbers)}",
        "kind": "Absolute" if percent is None else "Percentage",
        "value": Decimal(off if percent is None else percent),
        "threshold": Decimal(threshold),
        "bearer": Bearer.COOPERATIVE if cooperative else Bearer.PLATFORM,
        "cooperative": cooperative,
    }
    return Terms(**{**values, **changes})


def offer_of(
    *, limit_total=None, priority=0, exclusive=False, begins=BEGINS, ends=ENDS, **terms
) -> ConditionalOffer:
    return create_offer(
        terms=terms_of(**terms),
        begins=begins,
        ends=ends,
        limit_total=limit_total,
        priority=priority,
        exclusive=exclusive,
        by=None,
        now=MADE,
    )


def voucher_of(
    code="YSJ20", *, limit_total=None, limit_per_person=1, begins=BEGINS, ends=ENDS, **terms
) -> Voucher:
    return create_voucher(
        code=code,
        terms=terms_of(**terms),
        begins=begins,
        ends=ends,
        limit_total=limit_total,
        limit_per_person=limit_per_person,
        by=None,
        now=MADE,
    )


__all__ = ["BEGINS", "ENDS", "MADE", "Scope", "offer_of", "terms_of", "voucher_of"]
