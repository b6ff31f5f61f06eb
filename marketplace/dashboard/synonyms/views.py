"""Words that mean the same to a buyer: the list, one group, taking one away."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.dashboard.access import operators_only
from marketplace.dashboard.fields import sent
from marketplace.dashboard.listing import read_page
from marketplace.dashboard.models import Change
from marketplace.dashboard.synonyms.forms import WordFilterForm, WordsForm
from marketplace.dashboard.synonyms.services import change_words, remove_words
from marketplace.dashboard.words import ChangeRow, value_lines
from marketplace.search.models import SynonymGroup

DOOR, LATEST = "synonyms", 20
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    form = WordFilterForm(request.GET)
    groups = SynonymGroup.objects.order_by("words", "pk")
    if word := form.chosen.get("q"):
        groups = groups.filter(words__icontains=word)
    page = read_page(groups, total=groups.order_by().count(), form=form, path=request.path)
    latest = Change.objects.latest_of(Change.Room.WORDS)[:LATEST]
    context = {
        "form": form,
        "page": page,
        "path": request.path,
        "changes": change_rows(latest),
        "door": DOOR,
    }
    return render(request, "dashboard/synonyms/list.html", context)


@operators_only
@both_ways
def add(request: HttpRequest) -> HttpResponse:
    return write(request, None)


@operators_only
@both_ways
def change(request: HttpRequest, pk: int) -> HttpResponse:
    return write(request, get_object_or_404(SynonymGroup, pk=pk))


def write(request: HttpRequest, group: SynonymGroup | None) -> HttpResponse:
    form = WordsForm(*sent(request), initial={"words": group.words if group else ""})
    if form.is_valid():
        text, now = form.cleaned_data["words"], timezone.now()
        try:
            change_words(group=group, text=text, by=request.user, now=now)
        except ValidationError as refusal:
            form.complain(refusal)
        except SynonymGroup.DoesNotExist as gone:
            raise Http404 from gone
        else:
            messages.success(request, _("Saved. It counts from the next search on."))
            return redirect("backoffice:synonyms")
    changes = Change.objects.latest_of(Change.Room.WORDS, str(group.pk))[:LATEST] if group else []
    context = {"form": form, "group": group, "changes": change_rows(changes), "door": DOOR}
    return render(request, "dashboard/synonyms/group.html", context)


@operators_only
@both_ways
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    group = get_object_or_404(SynonymGroup, pk=pk)
    if request.method == "POST":
        remove_words(group_id=pk, by=request.user, now=timezone.now())
        messages.success(request, _("Removed. It counts from the next search on."))
        return redirect("backoffice:synonyms")
    return render(request, "dashboard/synonyms/remove.html", {"group": group, "door": DOOR})


def change_rows(changes: Iterable[Change]) -> list[ChangeRow]:
    added, removed = _("Added"), _("Removed")
    return [
        ChangeRow(
            (change.after or change.before)["words"],
            value_lines(change, {"words": _("Words")}, added=added, removed=removed),
            change.at,
            change.by,
        )
        for change in changes
    ]
