"""What operators may write: words about what is wrong, by the name of the field."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from marketplace.money import FEN
from marketplace.offer.models import Bearer, Benefit
from marketplace.offer.terms import Terms

Errors = dict[str, str]
MOST_YUAN = Decimal(1_000_000)
MOST_USES = 1_000_000
MOST_CHARACTERS = 128


def complain(errors: Errors) -> None:
    """Raise them all at once, as a form takes them; nothing when there are none."""
    if errors:
        raise ValidationError(errors)


def check_terms(terms: Terms) -> Errors:
    return check_name(terms) | check_amounts(terms) | check_bearer(terms)


def check_name(terms: Terms) -> Errors:
    if not terms.name.strip() or max(len(terms.name), len(terms.name_en)) > MOST_CHARACTERS:
        return {
            "name": _("Please give it a name of at most %(most)s characters.")
            % {"most": MOST_CHARACTERS}
        }
    return {}


def check_amounts(terms: Terms) -> Errors:
    errors: Errors = {}
    if not is_yuan(terms.threshold) or terms.threshold < 0:
        errors["threshold"] = _("Please enter an amount in yuan, or 0.")
    if terms.most_off is not None and not (is_yuan(terms.most_off) and terms.most_off > 0):
        errors["most_off"] = _("Please enter an amount in yuan, or leave it empty.")
    if terms.kind not in Benefit.Kind:
        errors["kind"] = _("Please choose an amount or a percentage.")
    elif not is_yuan(terms.value) or terms.value <= 0:
        errors["value"] = _("Please enter what is taken off.")
    elif terms.kind == Benefit.Kind.PERCENT and terms.value >= 100:
        errors["value"] = _("Please enter a percentage below 100.")
    elif "threshold" not in errors and is_no_bargain(terms):
        errors["value"] = _("Takes off as much as must be bought, or more.")
    return errors


def is_no_bargain(terms: Terms) -> bool:
    """An amount off that is as much as must be bought: the goods would cost next to nothing."""
    return terms.kind == Benefit.Kind.AMOUNT and 0 < terms.threshold <= terms.value


def is_yuan(amount: Decimal) -> bool:
    """Finite, to the fen, and not beyond what anyone means."""
    return amount.is_finite() and abs(amount) <= MOST_YUAN and amount == amount.quantize(FEN)


def check_bearer(terms: Terms) -> Errors:
    if terms.bearer not in Bearer:
        return {"bearer": _("Please say who pays for it.")}
    named = terms.cooperative is not None
    if named == (terms.bearer == Bearer.COOPERATIVE):
        return {}
    if named:
        return {"cooperative": _("The market pays for it, so no cooperative is named.")}
    return {"cooperative": _("Please choose the cooperative that pays for it.")}


def check_dates(begins: datetime | None, ends: datetime | None, now: datetime) -> Errors:
    if ends is None:
        return {}
    if ends <= now:
        return {"ends": _("This moment has passed.")}
    if begins is not None and ends <= begins:
        return {"ends": _("It must end after it begins.")}
    return {}


def check_limit(**limits: int | None) -> Errors:
    words = _("Please enter a number from 1 to %(most)s, or leave it empty.") % {"most": MOST_USES}
    return {
        name: words
        for name, limit in limits.items()
        if limit is not None and not 1 <= limit <= MOST_USES
    }
