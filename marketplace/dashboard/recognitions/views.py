"""Recognitions as an operator keeps them: read, entered, ended; and a cooperative's own, read."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.assistance.models import Recognition
from catalog.producers.models import Cooperative
from marketplace.dashboard.access import members_only, operators_only
from marketplace.dashboard.fields import sent
from marketplace.dashboard.listing import FilterForm, read_page
from marketplace.dashboard.papers.files import hand_out
from marketplace.dashboard.recognitions.changes import changes_of
from marketplace.dashboard.recognitions.forms import EndForm, RecognitionForm
from marketplace.dashboard.recognitions.listing import Row, read_recognitions
from marketplace.dashboard.recognitions.services import enter_recognition, let_end, subject_of

DOOR = {"door": "recognitions"}


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    found = read_recognitions(params=request.GET, path=request.path, day=timezone.localdate())
    return render(request, "dashboard/recognitions/list.html", {"found": found, **DOOR})


@operators_only
@require_safe
def choose_producer(request: HttpRequest) -> HttpResponse:
    """Whose the certificate is: the goods to choose among follow from it."""
    makers = Cooperative.objects.for_cards()
    total = makers.order_by().count()
    page = read_page(makers, total=total, form=FilterForm(request.GET), path=request.path)
    return render(request, "dashboard/recognitions/whose.html", {"page": page, **DOOR})


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    maker = get_object_or_404(Cooperative.objects.select_related("county"), slug=slug)
    form = RecognitionForm(*sent(request), maker=maker)
    if form.is_valid():
        try:
            found = enter_recognition(
                cooperative=maker, about=form.about, by=request.user, now=timezone.now()
            )
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Entered. The badge shows while it is valid."))
            return redirect("backoffice:recognition", found.pk)
    context = {"form": form, "maker": maker, **DOOR}
    return render(request, "dashboard/recognitions/new.html", context)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_one(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was entered of it, and a last day earlier than it says."""
    day = timezone.localdate()
    found = get_object_or_404(Recognition.objects.for_office(day), pk=pk)
    form = EndForm(*sent(request), initial={"last_day": day})
    if form.is_valid():
        try:
            let_end(recognition=found, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("It ends then, and its badge with it."))
            return redirect("backoffice:recognition", pk)
    changes = changes_of(subject_of(found), found.number)
    context = {"row": Row(found, day), "one": found, "form": form, "changes": changes, **DOOR}
    return render(request, "dashboard/recognitions/one.html", context)


@operators_only
@require_safe
def show_file(request: HttpRequest, pk: int) -> HttpResponse:
    return hand_out(get_object_or_404(Recognition, pk=pk).file)


@members_only()
@require_safe
def show_own_file(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    return hand_out(get_object_or_404(cooperative.recognitions, pk=pk).file)
