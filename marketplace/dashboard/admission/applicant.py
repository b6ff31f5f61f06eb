"""The applicant's side: written, completed with papers, handed in, followed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.producers.admission.checks import PAPERS, missing_of
from catalog.producers.admission.refusals import AdmissionRefused
from catalog.producers.admission.services import (
    add_paper,
    remove_paper,
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from catalog.producers.admission.states import FOLLOWING, State
from catalog.producers.admission.words import stages_of, waits_for
from catalog.producers.models import Application
from marketplace.dashboard.access import applicants_only, signed_in_only
from marketplace.dashboard.admission.forms import ApplicationForm, WithdrawForm
from marketplace.dashboard.admission.listing import Row
from marketplace.dashboard.fields import sent
from marketplace.dashboard.papers.files import hand_out
from marketplace.dashboard.papers.forms import PaperForm

DOOR = "apply"


@signed_in_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """Everything that the person has applied for, newest first."""
    own = Application.objects.filter(applicant=request.user).for_rows().order_by("-pk")
    rows = [
        Row(
            one,
            reverse("backoffice:application", args=[one.pk]),
            timezone.localdate(),
            is_mine=True,
        )
        for one in own
    ]
    draft = next((row for row in rows if row.application.state == State.DRAFT), None)
    context = {"rows": rows, "draft": draft, "door": DOOR}
    return render(request, "dashboard/admission/mine.html", context)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    form = ApplicationForm(*sent(request))
    if form.is_valid():
        application = start_application(by=request.user, typed=form.typed, now=timezone.now())
        messages.success(request, _("Kept. Nothing has been handed in yet."))
        return redirect("backoffice:application", application.pk)
    context = {"form": form, "back": reverse("backoffice:apply"), "door": DOOR}
    return render(request, "dashboard/admission/edit.html", context)


@applicants_only
@require_safe
def show(request: HttpRequest, application: Application) -> HttpResponse:
    today = timezone.localdate()
    missing = missing_of(application, today) if application.is_in_hand else {}
    context = {
        "application": application,
        "waits_for": waits_for(application, today, mine=True),
        "stages": stages_of(application),
        "missing": missing,
        "missing_paper": missing.get(PAPERS, ""),
        "told": application.steps.last() if application.state in ("returned", "rejected") else None,
        "may_withdraw": State.WITHDRAWN in FOLLOWING[State(application.state)],
        "door": DOOR,
    }
    return render(request, "dashboard/admission/application.html", context)


@applicants_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, application: Application) -> HttpResponse:
    initial = ApplicationForm.initial_of(application)
    form = ApplicationForm(*sent(request), initial=initial)
    if form.is_valid():
        try:
            save_application(application_id=application.pk, typed=form.typed)
        except AdmissionRefused as refusal:
            messages.error(request, refusal.words)
        else:
            messages.success(request, _("Kept."))
        return redirect("backoffice:application", application.pk)
    if not application.is_in_hand:
        return redirect("backoffice:application", application.pk)
    return show_form(request, application, form)


@applicants_only
@require_POST
def submit(request: HttpRequest, application: Application) -> HttpResponse:
    """What is missing stands beside its field, with what was typed."""
    try:
        submit_application(application_id=application.pk, by=request.user, now=timezone.now())
    except AdmissionRefused as refusal:
        messages.error(request, refusal.words)
    except ValidationError as refusal:
        typed = ApplicationForm.initial_of(application)
        form = ApplicationForm({name: value or "" for name, value in typed.items()})
        form.complain(refusal)
        return show_form(request, application, form)
    else:
        messages.success(request, _("Handed in. The county looks at it next."))
    return redirect("backoffice:application", application.pk)


def show_form(
    request: HttpRequest, application: Application, form: ApplicationForm
) -> HttpResponse:
    back = reverse("backoffice:application", args=[application.pk])
    context = {"form": form, "application": application, "back": back, "door": DOOR}
    return render(request, "dashboard/admission/edit.html", context)


@applicants_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """Asks first: it is for good."""
    back = reverse("backoffice:application", args=[application.pk])
    form = WithdrawForm(*sent(request))
    if form.is_valid():
        try:
            withdraw_application(
                application_id=application.pk,
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except AdmissionRefused as refusal:
            messages.error(request, refusal.words)
        else:
            messages.success(request, _("Withdrawn."))
        return redirect(back)
    context = {"application": application, "form": form, "back": back, "door": DOOR}
    return render(request, "dashboard/admission/withdraw.html", context)


@applicants_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_paper(request: HttpRequest, application: Application) -> HttpResponse:
    back = reverse("backoffice:application", args=[application.pk])
    form = PaperForm(*sent(request))
    if form.is_valid():
        try:
            add_paper(
                application_id=application.pk,
                details=form.details_of(application.name[:80]),
                file=form.cleaned_data["file"],
            )
        except ValidationError as refusal:
            form.complain(refusal)
        except AdmissionRefused as refusal:
            messages.error(request, refusal.words)
            return redirect(back)
        else:
            messages.success(request, _("The paper is here."))
            return redirect(back)
    context = {"form": form, "back": back, "door": DOOR}
    return render(request, "dashboard/papers/new.html", context)


@applicants_only
@require_safe
def show_paper(request: HttpRequest, application: Application, paper: int) -> HttpResponse:
    return hand_out(get_object_or_404(application.papers.all(), pk=paper).file)


@applicants_only
@require_http_methods(["GET", "HEAD", "POST"])
def take_paper_away(request: HttpRequest, application: Application, paper: int) -> HttpResponse:
    back = reverse("backoffice:application", args=[application.pk])
    found = get_object_or_404(application.papers.all(), pk=paper)
    if request.method == "POST":
        try:
            remove_paper(application_id=application.pk, paper_id=paper)
        except AdmissionRefused as refusal:
            messages.error(request, refusal.words)
        else:
            messages.success(request, _("The paper is taken away."))
        return redirect(back)
    context = {"paper": found, "application": application, "back": back, "door": DOOR}
    return render(request, "dashboard/papers/remove.html", context)
