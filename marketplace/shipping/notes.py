"""What is said beside a parcel about its journey."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models.product import Storage
from marketplace.shipping.days import Departure

# Nights on the road from Hohhot freeze; potatoes would spoil in an ordinary carton.
FROST_MONTHS = (11, 12, 1, 2, 3)


def notes_of(storage: str, departure: Departure) -> tuple[str, ...]:
    notes = (
        frost_note(storage, departure.day),
        presale_note(departure),
        closed_note(departure.closed_until),
    )
    return tuple(filter(None, notes))


def frost_note(storage: str, day: date) -> str:
    """Empty outside the cold months, and for goods that frost does not hurt."""
    is_needed = storage == Storage.AMBIENT_FRESH and day.month in FROST_MONTHS
    return _("Ambient, packed against frost") if is_needed else ""


def presale_note(departure: Departure) -> str:
    if departure.waits_until is None:
        return ""
    return _("Pre-sale, sent out from %(day)s on") % {"day": said(departure.waits_until)}


def closed_note(last: date | None) -> str:
    """Why it takes longer than usual: the maker is closed until that day."""
    return _("The producer is closed until %(day)s") % {"day": said(last)} if last else ""


def said(day: date) -> str:
    return date_format(day, "j F" if get_language() == "en" else "n月j日")
