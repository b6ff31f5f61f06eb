"""Every record, for the operator to read: each published number can be traced to its rows.

Evidence shows names and accounts: it is for the county and the cooperative alone.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.assistance.models import Agreement, Record
from catalog.origins.models import Region
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.assistance.record_forms import EVERY, AnyRecordFilterForm
from marketplace.dashboard.assistance.record_listing import read_records
from marketplace.dashboard.assistance.record_pages import find_record

DOOR = {"door": "benefit_records"}
FOLDER = "dashboard/assistance"


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    counties = Region.objects.filter(pk__in=Agreement.objects.values("county")).order_by("code")
    form = AnyRecordFilterForm(request.GET, counties)
    county = form.chosen.get("county")
    seen = Record.objects.of_county(county) if county else Record.objects.all()
    found = read_records(seen, form=form, path=request.path, address=address, first=EVERY)
    return render(request, f"{FOLDER}/records.html", DOOR | {"found": found, "is_operator": True})


@operators_only
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    page = find_record(Record.objects.all(), number)
    context = DOOR | {
        "page": page,
        "record": page.record,
        "here": address(page.record),
        "back": reverse("backoffice:benefit_records"),
        "other": page.other and address(page.other),
    }
    return render(request, f"{FOLDER}/record.html", context)


def address(record: Record) -> str:
    return reverse("backoffice:benefit_record", args=[record.number])
