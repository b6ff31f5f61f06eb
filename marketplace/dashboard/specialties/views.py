"""Specialties: the row of them, one of them, a new one, their order."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.models import Category
from catalog.specialties import texts_of
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.fields import sent
from marketplace.dashboard.models import Change
from marketplace.dashboard.specialties.forms import SpecialtyForm
from marketplace.dashboard.specialties.services import change_place, change_specialty
from marketplace.dashboard.words import ChangeRow, move_lines, value_lines

DOOR, LATEST = "specialties", 20
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    roots = list(Category.objects.specialties().with_product_count(timezone.localdate()))
    names = {str(root.pk): root.name_text for root in roots}
    latest = Change.objects.latest_of(Change.Room.SPECIALTY)[:LATEST]
    context = {"roots": roots, "changes": change_rows(latest, names), "door": DOOR}
    return render(request, "dashboard/specialties/list.html", context)


@operators_only
@both_ways
def add(request: HttpRequest) -> HttpResponse:
    return write(request, None)


@operators_only
@both_ways
def change(request: HttpRequest, pk: int) -> HttpResponse:
    return write(request, get_object_or_404(Category.objects.specialties(), pk=pk))


def write(request: HttpRequest, root: Category | None) -> HttpResponse:
    form = SpecialtyForm(*sent(request), initial=texts_of(root)._asdict() if root else {})
    if form.is_valid():
        try:
            change_specialty(
                pk=root and root.pk,
                texts=form.texts,
                photo=form.cleaned_data["photo"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.complain(refusal)
        except Category.DoesNotExist as gone:
            raise Http404 from gone
        else:
            messages.success(request, _("Saved. The shop shows it at once."))
            return redirect("backoffice:specialties")
    changes = Change.objects.latest_of(Change.Room.SPECIALTY, str(root.pk)) if root else []
    names = {str(root.pk): root.name_text} if root else {}
    context = {
        "form": form,
        "root": root,
        "changes": change_rows(changes[:LATEST], names),
        "door": DOOR,
    }
    return render(request, "dashboard/specialties/one.html", context)


@operators_only
def move(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    if way not in ("up", "down"):
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        change_place(pk=pk, up=way == "up", by=request.user, now=timezone.now())
    except Category.DoesNotExist as gone:
        raise Http404 from gone
    return redirect("backoffice:specialties")


def change_rows(changes: Iterable[Change], names: dict[str, str]) -> list[ChangeRow]:
    return [
        ChangeRow(names.get(one.subject, one.subject), change_lines(one), one.at, one.by)
        for one in changes
    ]


def change_lines(change: Change) -> list[str]:
    if moved := move_lines(change):
        return moved
    labels = {name: str(field.label) for name, field in SpecialtyForm.base_fields.items()}
    picture = labels.pop("photo")
    lines = value_lines(change, labels, added=_("Added"), removed=_("Removed"))
    before, after = change.before or {}, change.after or {}
    return [*lines, *([picture] if after.get("picture") != before.get("picture", "") else [])]
