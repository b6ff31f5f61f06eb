"""Schemes of recognition: their words, and which counties they are for."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.assistance.models import Scheme, SchemeCounty
from catalog.assistance.services.schemes import words_of
from catalog.origins.models import Region
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.fields import sent
from marketplace.dashboard.recognitions.changes import changes_of
from marketplace.dashboard.recognitions.forms import (
    CountyEndForm,
    CountyForm,
    SchemeForm,
    WordsForm,
)
from marketplace.dashboard.recognitions.services import (
    enter_scheme,
    list_county,
    reword_scheme,
    subject_of,
    take_county_off,
)

DOOR = {"door": "recognitions"}
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    schemes = Scheme.objects.annotate(held=Count("recognitions")).order_by("code")
    return render(request, "dashboard/recognitions/schemes.html", {"schemes": schemes, **DOOR})


@operators_only
@both_ways
def add(request: HttpRequest) -> HttpResponse:
    form = SchemeForm(*sent(request))
    if form.is_valid():
        given = form.cleaned_data
        about = {name: given[name] for name in ("code", "is_bound_to_counties")}
        try:
            enter_scheme(words=form.words, by=request.user, now=timezone.now(), **about)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("backoffice:scheme", given["code"])
    return render(request, "dashboard/recognitions/scheme_new.html", {"form": form, **DOOR})


@operators_only
@both_ways
def show_scheme(request: HttpRequest, code: str) -> HttpResponse:
    scheme = get_object_or_404(Scheme, code=code)
    form = WordsForm(*sent(request), initial=words_of(scheme)._asdict())
    if form.is_valid():
        try:
            reword_scheme(scheme=scheme, words=form.words, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Saved. The shop shows it at once."))
            return redirect("backoffice:scheme", code)
    context = {
        "scheme": scheme,
        "form": form,
        "counties": scheme.counties.select_related("county").order_by("county_id", "begins_on"),
        "changes": changes_of(subject_of(scheme), scheme.name_text),
        **DOOR,
    }
    return render(request, "dashboard/recognitions/scheme.html", context)


@operators_only
@both_ways
def add_county(request: HttpRequest, code: str) -> HttpResponse:
    scheme = get_object_or_404(Scheme, code=code, is_bound_to_counties=True)
    form = CountyForm(*sent(request))
    if form.is_valid():
        given = form.cleaned_data
        county = Region.objects.get(pk=given.pop("county"))
        about = {"scheme": scheme, "county": county, "by": request.user, "now": timezone.now()}
        try:
            list_county(**about, **given)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("backoffice:scheme", code)
    context = {"form": form, "scheme": scheme, **DOOR}
    return render(request, "dashboard/recognitions/county.html", context)


@operators_only
@both_ways
def end_county(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    rows = SchemeCounty.objects.select_related("scheme", "county")
    row = get_object_or_404(rows, scheme__code=code, pk=pk)
    form = CountyEndForm(*sent(request), initial={"ends_on": row.ends_on or timezone.localdate()})
    if form.is_valid():
        about = {"scheme": row.scheme, "row": row, "by": request.user, "now": timezone.now()}
        try:
            take_county_off(**about, **form.cleaned_data)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Saved. Badges of that county end with that day."))
            return redirect("backoffice:scheme", code)
    context = {"form": form, "scheme": row.scheme, "row": row, **DOOR}
    return render(request, "dashboard/recognitions/county.html", context)
