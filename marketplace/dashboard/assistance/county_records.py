"""The county's word on benefit records."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.assistance.models import Record
from catalog.assistance.refusals import AssistanceRefused
from catalog.assistance.services import confirm_record, return_record
from catalog.origins.models import Region
from marketplace.accounts.models import User
from marketplace.dashboard.access import confirmers_only
from marketplace.dashboard.assistance.record_forms import RecordFilterForm, ReturnForm
from marketplace.dashboard.assistance.record_listing import read_records
from marketplace.dashboard.assistance.record_pages import RecordPage, compare, find_record
from marketplace.dashboard.assistance.sold import sold_under
from marketplace.dashboard.fields import ServiceForm, sent
from marketplace.dashboard.papers.files import hand_out

DOOR = {"door": "county_records"}
FOLDER = "dashboard/assistance"
CONFIRM, RETURN = "confirm", "return"


@confirmers_only
@require_safe
def show_list(request: HttpRequest, county: Region) -> HttpResponse:
    found = read_records(
        Record.objects.of_county(county),
        form=RecordFilterForm(request.GET),
        path=request.path,
        address=address,
        first=Record.State.SUBMITTED,
    )
    return render(request, f"{FOLDER}/records.html", DOOR | {"found": found})


@confirmers_only
@require_safe
def show(request: HttpRequest, county: Region, number: str) -> HttpResponse:
    page = read(county, number)
    context = DOOR | {
        "page": page,
        "record": page.record,
        "compared": compare(page.record) if page.may_be_decided else None,
        "here": address(page.record),
        "back": reverse("backoffice:county_records", args=[county.pk]),
        "other": page.other and address(page.other),
        "with_files": True,
        "may_decide": page.may_be_decided,
    }
    return render(request, f"{FOLDER}/record.html", context)


@confirmers_only
@require_safe
def show_file(_request: HttpRequest, county: Region, number: str, pk: int) -> HttpResponse:
    record = read(county, number).record
    return hand_out(get_object_or_404(record.evidence.all(), pk=pk).file)


@confirmers_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, county: Region, number: str, decision: str) -> HttpResponse:
    """One page asks; whoever comes too late is told where it stands."""
    if decision not in (CONFIRM, RETURN):
        raise Http404
    page = read(county, number)
    back = address(page.record)
    if request.method != "POST" and not page.may_be_decided:
        return redirect(back)
    form = (ServiceForm if decision == CONFIRM else ReturnForm)(*sent(request))
    if form.is_valid():
        try:
            take(decision, page.record, form, request.user)
        except AssistanceRefused as refusal:
            messages.error(request, refusal.words)
            return redirect(back)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, done_words(decision))
            return redirect(back)
    context = DOOR | {
        "page": page,
        "record": page.record,
        "form": form,
        "back": back,
        "is_confirming": decision == CONFIRM,
        "compared": compare(page.record),
    }
    return render(request, f"{FOLDER}/decide.html", context)


def take(decision: str, record: Record, form: forms.Form, by: User) -> None:
    about = {"record_id": record.pk, "by": by, "now": timezone.now()}
    if decision == CONFIRM:
        confirm_record(**about, sold=sold_under(record.agreement))
    else:
        return_record(**about, **form.cleaned_data)


def done_words(decision: str) -> str:
    if decision == CONFIRM:
        return _("Confirmed. It counts in the next published figures.")
    return _("Returned. The cooperative has been told why.")


def read(county: Region, number: str) -> RecordPage:
    return find_record(Record.objects.of_county(county), number)


def address(record: Record) -> str:
    return reverse("backoffice:county_record", args=[record.agreement.county_id, record.number])
