"""What the county's and the operator's views have in common: the page, and one decision."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from catalog.producers.admission.refusals import AdmissionRefused
from catalog.producers.admission.words import waits_for
from catalog.producers.models import Application
from marketplace.dashboard.admission.decisions import Decision
from marketplace.dashboard.fields import sent


def show_application(
    request: HttpRequest, application: Application, decisions: Sequence[Decision], **more: object
) -> HttpResponse:
    """`more` names the addresses that differ between the two desks."""
    context = {
        "application": application,
        "waits_for": waits_for(application, timezone.localdate()),
        "decisions": [one for one in decisions if one.is_offered(application)],
        **more,
    }
    return render(request, "dashboard/admission/detail.html", context)


def decide_on(
    request: HttpRequest,
    application: Application,
    *,
    decisions: Sequence[Decision],
    slug: str,
    back: str,
    door: str,
) -> HttpResponse:
    """One page asks for what the decision needs; whoever comes too late is told where it stands."""
    decision = next((one for one in decisions if one.slug == slug), None)
    if decision is None:
        raise Http404
    if request.method != "POST" and not decision.is_offered(application):
        return redirect(back)
    form = decision.form(*sent(request))
    if form.is_valid():
        try:
            decision.take(application, by=request.user, now=timezone.now(), **form.cleaned_data)
        except AdmissionRefused as refusal:
            messages.error(request, refusal.words)
        else:
            messages.success(request, decision.done)
        return redirect(back)
    context = {
        "application": application,
        "decision": decision,
        "form": form,
        "back": back,
        "door": door,
    }
    return render(request, "dashboard/admission/decide.html", context)
