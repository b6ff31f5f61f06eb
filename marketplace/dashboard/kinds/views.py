"""Categories of households and modes of benefit: both lists, a new one, one of them, their order.

None is ever deleted: what is in use needs its name, so it is closed instead.
"""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.assistance.kinds import TABLES, kinds_in_use
from catalog.assistance.services.kinds import said_of
from catalog.kinds import Kind
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.fields import sent
from marketplace.dashboard.kinds.changes import latest_changes
from marketplace.dashboard.kinds.forms import KindForm, NewKindForm
from marketplace.dashboard.kinds.services import (
    change_place,
    correct_kind,
    enter_kind,
    subject_of,
)

DOOR = {"door": "kinds"}
both_ways = require_http_methods(["GET", "HEAD", "POST"])


class Section(NamedTuple):
    """A list under the word by which addresses name it."""

    table: str
    kinds: list[Kind]


@operators_only
@require_safe
def show_lists(request: HttpRequest) -> HttpResponse:
    lists = [Section(name, list(kinds_in_use(table))) for name, table in TABLES.items()]
    changes = latest_changes(kind for section in lists for kind in section.kinds)
    context = {"lists": lists, "changes": changes, **DOOR}
    return render(request, "dashboard/kinds/lists.html", context)


@operators_only
@both_ways
def add(request: HttpRequest, table: str) -> HttpResponse:
    form = NewKindForm(*sent(request), table=table_of(table))
    if form.is_valid():
        about = {"table": table_of(table), "by": request.user, "now": timezone.now()}
        try:
            enter_kind(**about, **form.cleaned_data)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Added. It may be chosen from now on."))
            return redirect("backoffice:kinds")
    return render(request, "dashboard/kinds/new.html", {"form": form, "table": table, **DOOR})


@operators_only
@both_ways
def change(request: HttpRequest, table: str, pk: int) -> HttpResponse:
    kind = get_object_or_404(kinds_in_use(table_of(table)), pk=pk)
    form = KindForm(*sent(request), table=table_of(table), initial=said_of(kind)._asdict())
    if form.is_valid():
        try:
            correct_kind(kind=kind, said=form.said, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Saved. It is called so everywhere at once."))
            return redirect("backoffice:kinds")
    changes = latest_changes([kind], subject_of(kind))
    context = {"form": form, "table": table, "kind": kind, "changes": changes, **DOOR}
    return render(request, "dashboard/kinds/one.html", context)


@operators_only
def move(request: HttpRequest, table: str, pk: int, way: str) -> HttpResponse:
    kinds = table_of(table)
    if way not in ("up", "down"):
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        change_place(table=kinds, pk=pk, up=way == "up", by=request.user, now=timezone.now())
    except kinds.DoesNotExist as gone:
        raise Http404 from gone
    return redirect("backoffice:kinds")


def table_of(name: str) -> type[Kind]:
    if name not in TABLES:
        raise Http404
    return TABLES[name]
