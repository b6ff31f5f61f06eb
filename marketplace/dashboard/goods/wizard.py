"""The wizard: a new good, or a change of a live one, from its kind to the market's answer."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.claims import claim_words
from catalog.producers.models import Cooperative
from marketplace.dashboard.fields import sent
from marketplace.dashboard.goods.proposal_page import read_proposal, steps_of
from marketplace.dashboard.goods.querysets import find_goods
from marketplace.dashboard.goods.views import sellers_only
from marketplace.dashboard.goods.wizard_forms import (
    GoodPaperForm,
    PackFormSet,
    PhotoForm,
    RegimeForm,
    WhatForm,
    WordsForm,
)
from marketplace.dashboard.papers.files import hand_out
from marketplace.listings import services
from marketplace.listings.models import Proposal
from marketplace.listings.refusals import AnotherOpen, Refused
from marketplace.photos import PhotoRefused, clean_photo
from marketplace.typed import read_number

both_ways = require_http_methods(["GET", "HEAD", "POST"])
LONGEST_TEXT = 20_000


@sellers_only
@both_ways
def start_good(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    form = RegimeForm(request.POST or None)
    if form.is_valid():
        proposal = services.start_good(
            cooperative=cooperative,
            regime=form.cleaned_data["regime"],
            by=request.user,
            now=timezone.now(),
        )
        return redirect(step_path(proposal, "what"))
    context = {"form": form, "cooperative": cooperative, "door": "goods"}
    return render(request, "dashboard/goods/new.html", context)


@sellers_only
@require_POST
def start_change(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    """A new draft of what is live, or the one that is there already."""
    good = get_object_or_404(find_goods(cooperative, {}), pk=pk)
    try:
        key = services.start_change(product=good, by=request.user, now=timezone.now()).pk
    except AnotherOpen as other:
        key = other.pk
    return redirect("backoffice:proposal", cooperative.slug, key)


@sellers_only
@require_safe
def show_proposal(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    shown = read_proposal(
        find(cooperative, pk),
        day=timezone.localdate(),
        address=lambda paper: reverse(
            "backoffice:proposal_paper", args=[cooperative.slug, pk, paper.pk]
        ),
    )
    context = {"shown": shown, "proposal": shown.proposal, "door": "goods"}
    return render(request, "dashboard/goods/proposal.html", context)


@sellers_only
@require_POST
def move_proposal(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Submitted, taken back or thrown away; what is refused is said on the page."""
    proposal = find(cooperative, pk)
    by = {"proposal_id": proposal.pk, "by": request.user, "now": timezone.now()}
    seen = read_number(request.POST.get("seen", ""))
    moves: dict[str, tuple[Callable[[], object], str]] = {
        "submit": (
            lambda: services.submit(seen=seen, **by),
            _("Sent to the market. You will read its answer here."),
        ),
        "take_back": (lambda: services.take_back(**by), _("Taken back: it is a draft again.")),
        "discard": (lambda: services.discard(**by), _("Thrown away.")),
    }
    if (name := request.POST.get("move")) not in moves:
        raise Http404
    move, words = moves[name]
    try:
        move()
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, words)
        if name == "discard":
            return redirect("backoffice:goods", cooperative.slug)
    return redirect("backoffice:proposal", cooperative.slug, pk)


@sellers_only
@both_ways
def write_step(request: HttpRequest, cooperative: Cooperative, pk: int, step: str) -> HttpResponse:
    """One step; a proposal that may not be written any more leads to its page."""
    proposal = find(cooperative, pk)
    if step not in dict(steps_of(proposal)):
        raise Http404
    if not proposal.is_open:
        return redirect("backoffice:proposal", cooperative.slug, pk)
    writers = {"packs": write_packs, "pictures": write_pictures, "papers": write_papers}
    return writers.get(step, write_texts)(request, proposal, step)


def write_texts(request: HttpRequest, proposal: Proposal, step: str) -> HttpResponse:
    """Saved as it is. While it holds words that may not be there, the step is not left."""
    form = {"what": WhatForm, "words": WordsForm}[step](request.POST or None, proposal)
    if form.is_valid() and save(proposal, form.values, request):
        words = claim_words(str(value) for value in form.values.values())
        if words:
            messages.warning(request, _("Saved. Some words may not stay: see below."))
        return redirect(step_path(proposal, step if words else next_step(proposal, step)))
    return show_step(request, proposal, step, form=form)


def write_packs(request: HttpRequest, proposal: Proposal, step: str) -> HttpResponse:
    formset = PackFormSet(
        request.POST or None, initial=proposal.content.get("packs"), prefix="pack"
    )
    if request.method == "POST" and formset.is_valid():
        packs = [form.pack for form in formset if form.has_changed()]
        if save(proposal, {"packs": packs}, request):
            return redirect(step_path(proposal, next_step(proposal, step)))
    return show_step(request, proposal, step, formset=formset)


def save(proposal: Proposal, values: dict[str, object], request: HttpRequest) -> bool:
    """False, with words above the form, when somebody else was first; what was typed stays."""
    try:
        services.save_content(
            proposal_id=proposal.pk, values=values, seen=read_number(request.POST.get("seen", ""))
        )
    except Refused as refusal:
        messages.error(request, refusal.words)
        return False
    return True


def write_pictures(request: HttpRequest, proposal: Proposal, step: str) -> HttpResponse:
    form = PhotoForm()
    if key := read_number(request.POST.get("first", "")):
        return done(
            request,
            proposal,
            step,
            lambda: services.put_first(proposal_id=proposal.pk, picture_id=key),
        )
    if key := read_number(request.POST.get("remove", "")):
        return done(
            request,
            proposal,
            step,
            lambda: services.remove_picture(proposal_id=proposal.pk, picture_id=key),
        )
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                photo = clean_photo(form.cleaned_data["photo"])
                services.add_picture(
                    proposal_id=proposal.pk, photo=photo, name=f"{uuid4().hex}.jpg"
                )
            except (PhotoRefused, Refused) as refusal:
                form.add_error("photo", refusal.words)
            else:
                return redirect(step_path(proposal, step))
    return show_step(request, proposal, step, form=form)


def write_papers(request: HttpRequest, proposal: Proposal, step: str) -> HttpResponse:
    if key := read_number(request.POST.get("remove", "")):
        return done(
            request,
            proposal,
            step,
            lambda: services.remove_paper(proposal_id=proposal.pk, paper_id=key),
        )
    form = GoodPaperForm(*sent(request), proposal)
    if form.is_valid():
        try:
            services.add_paper(
                proposal_id=proposal.pk,
                details=form.details_of(proposal.cooperative.name),
                file=form.cleaned_data["file"],
            )
        except ValidationError as refusal:
            form.complain(refusal)
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            return redirect(step_path(proposal, step))
    return show_step(request, proposal, step, form=form)


def done(
    request: HttpRequest, proposal: Proposal, step: str, act: Callable[[], None]
) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, refusal.words)
    return redirect(step_path(proposal, step))


def show_step(request: HttpRequest, proposal: Proposal, step: str, **forms: object) -> HttpResponse:
    names = steps_of(proposal)
    context = {
        "proposal": proposal,
        "step": step,
        "steps": [(label, step_path(proposal, name), name == step) for name, label in names],
        "heading": dict(names)[step],
        "back": reverse("backoffice:proposal", args=[proposal.cooperative.slug, proposal.pk]),
        "next": step_path(proposal, next_step(proposal, step)),
        "door": "goods",
        **forms,
    }
    return render(request, f"dashboard/goods/step_{page_of(step)}.html", context)


def page_of(step: str) -> str:
    return step if step in ("packs", "pictures", "papers") else "texts"


@sellers_only
@require_safe
def show_paper(request: HttpRequest, cooperative: Cooperative, pk: int, paper: int) -> HttpResponse:
    return hand_out(get_object_or_404(find(cooperative, pk).papers, pk=paper).file)


@sellers_only
@require_POST
def look_at_words(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    """What may not stand in the text that is being typed; nothing is written."""
    texts = [
        value[:LONGEST_TEXT]
        for name, value in request.POST.items()
        if name != "csrfmiddlewaretoken"
    ]
    return render(request, "dashboard/goods/claims.html", {"claims": claim_words(texts)})


def find(cooperative: Cooperative, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.of(cooperative).for_page(), pk=pk)


def step_path(proposal: Proposal, step: str) -> str:
    """The address of a step; without one, of the proposal's own page."""
    args = [proposal.cooperative.slug, proposal.pk]
    if not step:
        return reverse("backoffice:proposal", args=args)
    return reverse("backoffice:proposal_step", args=[*args, step])


def next_step(proposal: Proposal, step: str) -> str:
    names = [name for name, _label in steps_of(proposal)]
    after = names[names.index(step) + 1 :]
    return after[0] if after else ""
