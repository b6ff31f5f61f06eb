"""Registering a household, changing it, setting its category or status, erasing it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.households.models import Household
from catalog.households.refusals import RegisterRefused
from catalog.households.services import (
    change_household,
    erase_household,
    register_household,
    set_standing,
)
from catalog.origins.models import Region
from marketplace.dashboard.access import confirmers_only
from marketplace.dashboard.fields import ServiceForm, sent
from marketplace.dashboard.households.forms import (
    ChangeForm,
    ReasonForm,
    RegisterForm,
    StandingForm,
)
from marketplace.dashboard.households.refusing import complain
from marketplace.dashboard.households.views import DOOR, read

both_ways = require_http_methods(["GET", "HEAD", "POST"])


@confirmers_only
@both_ways
def register(request: HttpRequest, county: Region) -> HttpResponse:
    form = RegisterForm(*sent(request), county=county)
    made = accept(form, lambda: register_household(county=county, **who(request), **said(form)))
    if made:
        messages.success(request, _("Registered as %(code)s.") % {"code": made.code})
        return redirect("backoffice:household", county.pk, made.code)
    context = {"form": form, "county": county, "door": DOOR}
    return render(request, "dashboard/households/new.html", context)


@confirmers_only
@both_ways
def change(request: HttpRequest, county: Region, code: str) -> HttpResponse:
    household = read(county, code)
    initial = {"township": household.township_id}
    form = ChangeForm(*sent(request), county=county, initial=initial)
    changed = accept(
        form,
        lambda: change_household(county=county, code=code, given=form.given, **who(request)),
    )
    if changed is None:
        return ask(request, household, form, "change")
    messages.success(request, _("Changed.") if changed else _("Nothing was different."))
    return redirect("backoffice:household", county.pk, code)


@confirmers_only
@both_ways
def stand(request: HttpRequest, county: Region, code: str) -> HttpResponse:
    household = read(county, code)
    last = next(iter(household.standings.all()), None)
    initial = {"category": last.category.code, "status": last.status} if last else {}
    form = StandingForm(*sent(request), kept=last and last.category, initial=initial)
    done = accept(
        form, lambda: set_standing(county=county, code=code, **who(request), **said(form))
    )
    if done is None:
        return ask(request, household, form, "standing")
    messages.success(request, _("Set. What was before ends the day before."))
    return redirect("backoffice:household", county.pk, code)


@confirmers_only
@both_ways
def erase(request: HttpRequest, county: Region, code: str) -> HttpResponse:
    household = read(county, code)
    form = ReasonForm(*sent(request))

    def take() -> bool:
        erase_household(county=county, code=code, **who(request), **said(form))
        return True

    if not accept(form, take):
        return ask(request, household, form, "erase")
    messages.success(request, _("Erased. Only the pseudonym and what was counted are left."))
    return redirect("backoffice:household", county.pk, code)


def accept(form: ServiceForm, write: Callable[[], object]) -> object:
    """What `write` gives once the form is valid; None when it or the service refuses."""
    if not form.is_valid():
        return None
    try:
        return write()
    except (RegisterRefused, ValidationError) as refusal:
        complain(form, refusal)
        return None


def ask(
    request: HttpRequest, household: Household, form: ServiceForm, template: str
) -> HttpResponse:
    context = {"household": household, "form": form, "door": DOOR}
    return render(request, f"dashboard/households/{template}.html", context)


def said(form: ServiceForm) -> dict[str, object]:
    return form.cleaned_data


def who(request: HttpRequest) -> dict[str, object]:
    return {"by": request.user, "now": timezone.now()}
