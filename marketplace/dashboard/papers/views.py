"""The papers of businesses: a cooperative's own room, the county's and the operator's lists."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.licences import add_licence, remove_licence
from catalog.origins.models import Region
from catalog.papers.models import Paper
from catalog.producers.models import Cooperative, CooperativePaper, Membership
from marketplace.dashboard.access import confirmers_only, members_only, operators_only
from marketplace.dashboard.fields import sent
from marketplace.dashboard.papers.files import hand_out
from marketplace.dashboard.papers.forms import PaperForm
from marketplace.dashboard.papers.listing import read_papers
from marketplace.dashboard.papers.querysets import held_papers
from marketplace.dashboard.recognitions.listing import rows_of

Role = Membership.Role
WRITERS = (Role.OWNER, Role.CLERK)


@members_only()
@require_safe
def show_papers(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    day = timezone.localdate()
    found = read_papers(
        held_papers(cooperative=cooperative),
        params=request.GET,
        path=request.path,
        day=day,
        address=lambda held: reverse("backoffice:paper", args=[cooperative.slug, held.paper_id]),
    )
    may_write = request.membership.role in WRITERS
    recognitions = rows_of(cooperative.recognitions.for_office(day), day)
    context = {
        "found": found,
        "recognitions": list(recognitions),
        "may_write": may_write,
        "slug": cooperative.slug,
        "door": "papers",
    }
    return render(request, "dashboard/papers/list.html", context)


@members_only()
@require_safe
def show_file(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Of any paper of theirs: the business's, a good's or a lot's."""
    return hand_out(get_object_or_404(Paper.objects.held_by(cooperative), pk=pk).file)


@members_only(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    """A new paper; `renews` in the address names the one whose words it begins with."""
    asked = request.GET.get("renews", "")
    held = held_papers(cooperative=cooperative)
    old = held.filter(paper_id=asked).first() if asked.isdecimal() and len(asked) < 12 else None
    initial = PaperForm.initial_of(old and old.paper)
    form = PaperForm(*sent(request), initial=initial)
    if form.is_valid():
        try:
            add_licence(
                cooperative=cooperative,
                details=form.details_of(cooperative.name),
                file=form.cleaned_data["file"],
                day=timezone.localdate(),
            )
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("The paper is here. Goods that need it are on sale."))
            return redirect("backoffice:papers", cooperative.slug)
    back = reverse("backoffice:papers", args=[cooperative.slug])
    context = {"form": form, "old": old and old.paper, "back": back, "door": "papers"}
    return render(request, "dashboard/papers/new.html", context)


@members_only(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Asks first: goods that need the paper are off sale at once."""
    held = read_held(pk, cooperative=cooperative)
    back = reverse("backoffice:papers", args=[cooperative.slug])
    if request.method == "POST":
        remove_licence(cooperative=cooperative, paper_id=pk, day=timezone.localdate())
        messages.success(request, _("The paper is taken away."))
        return redirect(back)
    context = {"paper": held.paper, "back": back, "door": "papers"}
    return render(request, "dashboard/papers/remove.html", context)


@confirmers_only
@require_safe
def show_county(request: HttpRequest, county: Region) -> HttpResponse:
    found = read_papers(
        held_papers(cooperative__county=county),
        params=request.GET,
        path=request.path,
        day=timezone.localdate(),
        address=lambda held: reverse("backoffice:county_paper", args=[county.pk, held.paper_id]),
    )
    context = {"found": found, "door": "county_papers"}
    return render(request, "dashboard/papers/list.html", context)


@confirmers_only
@require_safe
def show_county_file(request: HttpRequest, county: Region, pk: int) -> HttpResponse:
    return hand_out(read_held(pk, cooperative__county=county).paper.file)


@operators_only
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    found = read_papers(
        held_papers(),
        params=request.GET,
        path=request.path,
        day=timezone.localdate(),
        address=lambda held: reverse("backoffice:any_paper", args=[held.paper_id]),
    )
    return render(request, "dashboard/papers/list.html", {"found": found, "door": "all_papers"})


@operators_only
@require_safe
def show_any_file(request: HttpRequest, pk: int) -> HttpResponse:
    return hand_out(get_object_or_404(Paper, pk=pk).file)


def read_held(pk: int, **whose: object) -> CooperativePaper:
    """The paper of that key that such a business holds."""
    return get_object_or_404(held_papers(**whose), paper_id=pk)
