"""A cooperative's room: its agreements, and what it paid to households under them."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.assistance.models import Agreement, Record
from catalog.assistance.refusals import AssistanceRefused
from catalog.assistance.services import counter_record, resubmit_record, submit_record
from catalog.producers.models import Cooperative, Membership
from marketplace.dashboard.access import members_only
from marketplace.dashboard.assistance.record_forms import (
    EVERY,
    AgainForm,
    CounterForm,
    RecordFilterForm,
    RecordForm,
    first_values,
)
from marketplace.dashboard.assistance.record_listing import read_records
from marketplace.dashboard.assistance.record_pages import RecordPage, find_record
from marketplace.dashboard.assistance.sold import sold_under
from marketplace.dashboard.fields import ServiceForm, sent
from marketplace.dashboard.listing import FilterForm, read_page
from marketplace.dashboard.papers.files import hand_out

# Who sees money; the clerk sells and sees none.
money_only = members_only(Membership.Role.OWNER, Membership.Role.ACCOUNTANT)
both_ways = require_http_methods(["GET", "HEAD", "POST"])
DOOR = {"door": "coop_assistance"}
FOLDER = "dashboard/assistance"


@money_only
@require_safe
def show_room(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    """What came back first, then the agreements that can be recorded under, then every
    record."""
    own = Record.objects.of_cooperative(cooperative)
    found = read_records(
        own, form=RecordFilterForm(request.GET), path=request.path, address=address, first=EVERY
    )
    returned = own.filter(state=Record.State.RETURNED).for_page().order_by("submitted_at", "pk")
    agreements = Agreement.objects.of_cooperative(cooperative).payable(timezone.localdate())
    context = DOOR | {
        "found": found,
        "returned": [(RecordPage(one), address(one)) for one in returned],
        "agreements": agreements.for_rows(),
        "cooperative": cooperative,
    }
    return render(request, f"{FOLDER}/room.html", context)


@money_only
@require_safe
def show_agreement(request: HttpRequest, cooperative: Cooperative, number: str) -> HttpResponse:
    agreement = read_agreement(cooperative, number)
    records = agreement.records.for_rows().order_by("-pk")
    form, total = FilterForm(request.GET), agreement.records.count()
    page = read_page(records, total=total, form=form, path=request.path)
    context = DOOR | {
        "agreement": agreement,
        "cooperative": cooperative,
        "back": room(cooperative),
        "page": page,
        "records": [(one, address(one)) for one in page],
    }
    return render(request, f"{FOLDER}/coop_agreement.html", context)


@money_only
@both_ways
def new_record(request: HttpRequest, cooperative: Cooperative, number: str) -> HttpResponse:
    agreement = read_agreement(cooperative, number)
    first = first_values(agreement, timezone.localdate())
    form = RecordForm(*sent(request), agreement, first)

    def write() -> Record:
        return submit_record(
            agreement_id=agreement.pk,
            payment=form.payment,
            evidence=form.cleaned_data["evidence"],
            sold=sold_under(agreement),
            by=request.user,
            now=timezone.now(),
        )

    if form.is_valid() and (record := tried(form, write)):
        return handed_in(request, record)
    back = reverse("backoffice:coop_agreement", args=[cooperative.slug, number])
    return show_record_form(request, form, agreement, back)


@money_only
@both_ways
def hand_in_again(request: HttpRequest, cooperative: Cooperative, number: str) -> HttpResponse:
    page = read(cooperative, number)
    record = page.record
    agreement = read_agreement(cooperative, record.agreement.number)
    form = AgainForm(*sent(request), record, agreement)

    def write() -> Record:
        return resubmit_record(
            record_id=record.pk,
            payment=form.payment,
            keep=form.cleaned_data["keep"],
            evidence=form.cleaned_data["evidence"],
            sold=sold_under(agreement),
            by=request.user,
            now=timezone.now(),
        )

    if not page.may_go_again:
        messages.error(request, _("Only what the county has returned can be handed in again."))
        return redirect(address(record))
    if form.is_valid() and (written := tried(form, write)):
        return handed_in(request, written)
    return show_record_form(request, form, agreement, address(record), page)


def show_record_form(
    request: HttpRequest,
    form: RecordForm,
    agreement: Agreement,
    back: str,
    page: RecordPage | None = None,
) -> HttpResponse:
    context = DOOR | {"form": form, "agreement": agreement, "back": back, "page": page}
    return render(request, f"{FOLDER}/record_form.html", context)


@money_only
@require_safe
def show_record(request: HttpRequest, cooperative: Cooperative, number: str) -> HttpResponse:
    page = read(cooperative, number)
    context = DOOR | {
        "page": page,
        "record": page.record,
        "here": address(page.record),
        "back": room(cooperative),
        "other": page.other and address(page.other),
        "with_files": True,
        "may_write": True,
    }
    return render(request, f"{FOLDER}/record.html", context)


@money_only
@both_ways
def counter(request: HttpRequest, cooperative: Cooperative, number: str) -> HttpResponse:
    """Takes a confirmed record back whole; the county has the word on it."""
    page = read(cooperative, number)
    record = page.record
    if request.method != "POST" and not page.may_counter:
        return redirect(address(record))
    form = CounterForm(*sent(request))

    def write() -> Record:
        about = {"record_id": record.pk, "by": request.user, "now": timezone.now()}
        return counter_record(**about, **form.cleaned_data)

    if form.is_valid() and (written := tried(form, write)):
        return handed_in(request, written)
    context = DOOR | {"form": form, "record": record, "back": address(record)}
    return render(request, f"{FOLDER}/counter.html", context)


@money_only
@require_safe
def show_file(
    _request: HttpRequest, cooperative: Cooperative, number: str, pk: int
) -> HttpResponse:
    evidence = read(cooperative, number).record.evidence.all()
    return hand_out(get_object_or_404(evidence, pk=pk).file)


def tried(form: ServiceForm, write: Callable[[], Record]) -> Record | None:
    """The record; what was refused stands beside its field."""
    try:
        return write()
    except ValidationError as refusal:
        form.complain(refusal)
    except AssistanceRefused as refusal:
        form.add_error(None, refusal.words)
    return None


def handed_in(request: HttpRequest, record: Record) -> HttpResponse:
    words = _("Handed in as %(number)s. The county compares it with its evidence next.")
    messages.success(request, words % {"number": record.number})
    return redirect(address(record))


def read(cooperative: Cooperative, number: str) -> RecordPage:
    return find_record(Record.objects.of_cooperative(cooperative), number)


def read_agreement(cooperative: Cooperative, number: str) -> Agreement:
    own = Agreement.objects.of_cooperative(cooperative).for_page()
    return get_object_or_404(own, number=number)


def address(record: Record) -> str:
    return reverse("backoffice:coop_record", args=[record.cooperative.slug, record.number])


def room(cooperative: Cooperative) -> str:
    return reverse("backoffice:coop_assistance", args=[cooperative.slug])
