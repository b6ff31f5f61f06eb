"""A cooperative's money: what is owed, what was paid out, every statement, where money goes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.producers.models import Cooperative, Membership
from marketplace.dashboard.access import members_only
from marketplace.dashboard.settlement.forms import AccountForm
from marketplace.dashboard.settlement.money import read_money
from marketplace.dashboard.settlement.statement import (
    SheetPage,
    find_sheet,
    read_sheet_page,
    table_of,
)
from marketplace.settlement.csv_files import write_csv
from marketplace.settlement.services import write_account

OWNER, ACCOUNTANT = Membership.Role.OWNER, Membership.Role.ACCOUNTANT
DOOR = {"door": "coop_money"}


@members_only(OWNER, ACCOUNTANT)
@require_safe
def show_money(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    page = read_money(cooperative=cooperative, now=timezone.now())
    is_owner = request.membership.role == OWNER
    context = {"page": page, "cooperative": cooperative, "is_owner": is_owner, **DOOR}
    return render(request, "dashboard/settlement/money.html", context)


@members_only(OWNER, ACCOUNTANT)
@require_safe
def show_statement(
    request: HttpRequest, cooperative: Cooperative, year: int, month: int
) -> HttpResponse:
    sheet = find_sheet(cooperative, year, month, timezone.now())
    context = {"page": read_sheet_page(sheet, request.GET), "cooperative": cooperative, **DOOR}
    return render(request, "dashboard/settlement/statement.html", context)


@members_only(OWNER, ACCOUNTANT)
@require_safe
def print_statement(
    request: HttpRequest, cooperative: Cooperative, year: int, month: int
) -> HttpResponse:
    page = SheetPage(find_sheet(cooperative, year, month, timezone.now()))
    context = {"page": page, "cooperative": cooperative, **DOOR}
    return render(request, "dashboard/settlement/statement_print.html", context)


@members_only(OWNER, ACCOUNTANT)
@require_safe
def download_statement(
    _request: HttpRequest, cooperative: Cooperative, year: int, month: int
) -> HttpResponse:
    sheet = find_sheet(cooperative, year, month, timezone.now())
    name = sheet.statement.number if sheet.statement else f"{year}-{month:02}"
    return as_file(write_csv(table_of(sheet)), f"{cooperative.slug}-{name}.csv")


@members_only(OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def change_account(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        write_account(cooperative=cooperative, by=request.user, now=now, **form.cleaned_data)
        messages.success(
            request, _("Written down. The market compares it before money goes there.")
        )
        return redirect("backoffice:coop_money", cooperative.slug)
    newest = cooperative.bank_accounts.order_by("pk").last()
    context = {"form": form, "cooperative": cooperative, "newest": newest, **DOOR}
    return render(request, "dashboard/settlement/account.html", context)


def as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
