"""The market's review of what cooperatives propose: the longest waiting first."""

from django import forms
from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.dashboard.access import operators_only
from marketplace.dashboard.goods.proposal_page import read_proposal
from marketplace.dashboard.listing import FilterForm, read_page
from marketplace.dashboard.papers.files import hand_out
from marketplace.listings import services
from marketplace.listings.models import Proposal, ProposalPaper
from marketplace.listings.refusals import Refused

MOST_CHARACTERS = 1000
APPROVE, RETURN = "approve", "return"


class DecisionForm(forms.Form):
    """`seen` is the version that was read."""

    seen = forms.IntegerField(min_value=1, max_value=10**9, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (RETURN, RETURN)])
    reason = forms.CharField(
        label=gettext_lazy("What has to be changed"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only when you return it: the cooperative reads it."),
    )


def read_waiting(request: HttpRequest) -> Page:
    waiting = Proposal.objects.waiting().for_rows()
    total = waiting.order_by().count()
    return read_page(waiting, total=total, form=FilterForm(request.GET), path=request.path)


@operators_only
@require_safe
def show_waiting(request: HttpRequest) -> HttpResponse:
    context = {"page": read_waiting(request), "door": "review"}
    return render(request, "dashboard/goods/review_list.html", context)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it whole, then approve or return it; what was decided meanwhile is said."""
    proposal = get_object_or_404(Proposal.objects.for_page().exclude(state="draft"), pk=pk)
    form = DecisionForm(request.POST or None, initial={"seen": proposal.version})
    if form.is_valid():
        try:
            words = carry_out(request, proposal, form.cleaned_data)
        except Refused as refusal:
            form.add_error("reason", refusal.words)
        else:
            messages.success(request, words)
            return redirect("backoffice:review")
    context = {
        "shown": read_proposal(
            proposal,
            day=timezone.localdate(),
            address=lambda paper: reverse("backoffice:review_paper", args=[pk, paper.pk]),
        ),
        "proposal": proposal,
        "form": form,
        "door": "review",
    }
    return render(request, "dashboard/goods/review.html", context)


@operators_only
@require_safe
def show_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    waiting = ProposalPaper.objects.filter(proposal=pk).exclude(proposal__state="draft")
    return hand_out(get_object_or_404(waiting, pk=paper).file)


def carry_out(request: HttpRequest, proposal: Proposal, decision: dict) -> str:
    """Raises Refused."""
    act = {
        "proposal_id": proposal.pk,
        "seen": decision["seen"],
        "by": request.user,
        "now": timezone.now(),
    }
    if decision["decision"] == APPROVE:
        services.approve(**act)
        return _("Approved: it is live.")
    services.give_back(reason=decision["reason"], **act)
    return _("Returned to the cooperative.")
