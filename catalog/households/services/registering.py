"""Writing a household into the register, and changing what it says of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.households.codes import draw_code
from catalog.households.details import check_township, clean_details
from catalog.households.models import Category, Household, RegisterStep, Standing
from catalog.households.refusals import RegisteredAlready
from catalog.households.sealing import Sealed, digest, seal
from catalog.households.services.holding import hold_household, keep_step
from catalog.origins.models import Region
from marketplace.accounts.models import User

# So often a pseudonym is drawn before something else must be wrong.
TRIES = 5
NO_REGISTER_BEFORE = date(2014, 1, 1)


def register_household(
    *,
    county: Region,
    name: str,
    id_number: str,
    category: Category,
    begins_on: date,
    by: User | None,
    now: datetime,
    phone: str = "",
    address: str = "",
    township: Region | None = None,
    status: str = Standing.Status.ASSISTED,
) -> Household:
    """Raises ValidationError by field, and RegisteredAlready."""
    today = timezone.localdate(now)
    texts = {"name": name, "id_number": id_number, "phone": phone, "address": address}
    cleaned = clean_details(texts, today)
    check_township(township, county)
    check_standing(category, begins_on, today)
    about = {"county": county, "township": township, "registered_at": now}
    with all_or_a_trace(by, now):
        household = write_new(Household(**about, **sealed_fields(cleaned)))
        household.standings.create(category=category, status=status, begins_on=begins_on)
        keep_step(household, RegisterStep.Kind.REGISTERED, by=by, now=now)
    return household


def change_household(
    *, county: Region, code: str, given: Mapping[str, object], by: User | None, now: datetime
) -> list[str]:
    """Change the given ones of name, id_number, phone, address and township; the names of those
    that are other than before. Raises ValidationError by field, RegisteredAlready, Erased."""
    with all_or_a_trace(by, now):
        return write_changes(hold_household(county, code), given, by, now)


def write_changes(
    household: Household, given: Mapping[str, object], by: User | None, now: datetime
) -> list[str]:
    """Of a household that is held. Raises as `change_household`."""
    texts = {field: str(given[field]) for field in Household.SEALED if field in given}
    cleaned = clean_details(texts, timezone.localdate(now))
    changed = [field for field, text in cleaned.items() if text != opened(household, field)]
    values = sealed_fields({field: cleaned[field] for field in changed})
    if "township" in given and given["township"] != household.township:
        check_township(given["township"], household.county)
        changed, values["township"] = [*changed, "township"], given["township"]
    if not changed:
        return []
    for field, value in values.items():
        setattr(household, field, value)
    try:
        with transaction.atomic():
            household.save(update_fields=list(values))
    except IntegrityError as taken:
        raise registered_already(household) from taken
    keep_step(household, RegisterStep.Kind.CHANGED, fields=changed, by=by, now=now)
    return changed


@contextmanager
def all_or_a_trace(by: User | None, now: datetime) -> Iterator[None]:
    """Whoever types in a number that is registered learns that it is: that stands in the history
    of its household, also where nothing else is written."""
    try:
        with transaction.atomic():
            yield
    except RegisteredAlready as refusal:
        tried = Household.objects.filter(pk=refusal.household_id).first()
        if tried:
            keep_step(tried, RegisterStep.Kind.TRIED, by=by, now=now)
        raise


def check_standing(
    category: Category | None, begins_on: date, today: date, last: Standing | None = None
) -> None:
    """A household keeps a category that was closed since. Raises ValidationError by field."""
    is_kept = category is not None and last is not None and last.category_id == category.pk
    if category is None or not (category.is_open or is_kept):
        raise ValidationError({"category": _("Choose a category of the list.")})
    if not NO_REGISTER_BEFORE <= begins_on <= today:
        raise ValidationError({"begins_on": _("The day lies between 2014 and today.")})


def write_new(household: Household) -> Household:
    """Under a pseudonym that nobody has. Raises RegisteredAlready."""
    for turn in range(TRIES):
        household.code = draw_code()
        try:
            with transaction.atomic():
                household.save(force_insert=True)
        except IntegrityError as taken:
            household.pk = None
            if Household.objects.filter(id_digest=household.id_digest).exists():
                raise registered_already(household) from taken
            if turn == TRIES - 1:
                raise
        else:
            return household
    raise AssertionError("unreachable")


def registered_already(household: Household) -> RegisteredAlready:
    """By whose number the same digest stands there already."""
    others = Household.objects.filter(id_digest=household.id_digest).exclude(pk=household.pk)
    other = others.first()
    is_ours = other and other.county_id == household.county_id
    return RegisteredAlready(other.code if is_ours else "", other and other.pk)


def sealed_fields(cleaned: Mapping[str, str]) -> dict[str, Sealed | str | None]:
    """As the row keeps them; with the number comes its digest, and an empty text is none."""
    sealed: dict[str, Sealed | str | None] = {
        field: seal(text) if text else None for field, text in cleaned.items()
    }
    if "id_number" in cleaned:
        sealed["id_digest"] = digest(cleaned["id_number"])
    return sealed


def opened(household: Household, field: str) -> str:
    value = getattr(household, field)
    return value.open() if value else ""
