"""One household held while something is done to it, and the step that says what was done."""

from datetime import datetime

from catalog.households.models import Household, RegisterStep
from catalog.households.refusals import Erased
from catalog.origins.models import Region
from marketplace.accounts.models import User


def hold_household(county: Region, code: str) -> Household:
    """Locked until the transaction ends. Raises Household.DoesNotExist, also for one of another
    county, and Erased."""
    held = Household.objects.of_county(county).select_for_update(no_key=True)
    household = held.get(code=code)
    if household.erased_at:
        raise Erased
    return household


def keep_step(
    household: Household,
    kind: RegisterStep.Kind,
    *,
    by: User | None,
    now: datetime,
    fields: list[str] | None = None,
    reason: str = "",
) -> None:
    RegisterStep.objects.create(
        household=household, kind=kind, fields=fields or [], reason=reason, by=by, at=now
    )
