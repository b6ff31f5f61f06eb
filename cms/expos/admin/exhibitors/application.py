"""One application: what it says, its papers, its marks, and what is decided about it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied

from cms.expos.admin.exhibitors.screens import Crumb, FairScreen
from marketplace.fairs.answers import answer_text, asked, question_text
from marketplace.fairs.counting import free_packs_of, past_of
from marketplace.fairs.models import Exhibitor, Review
from marketplace.fairs.models.exhibitors import BEST_SCORE
from marketplace.fairs.phases import OVER
from marketplace.fairs.refusals import FairRefused, OwnCooperative
from marketplace.fairs.services.applying import questions_of
from marketplace.fairs.services.deciding import (
    accept_exhibitor,
    decline_exhibitor,
    lacking_of,
    own_cooperatives,
    reinstate_exhibitor,
    reserve_exhibitor,
)
from marketplace.fairs.services.reviewing import Marks, score_exhibitor
from marketplace.fairs.services.steps import FOLLOWING

State = Exhibitor.State


def mark_field(label: str, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=BEST_SCORE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class ScoreForm(forms.Form):
    households = mark_field(
        gettext_lazy("Households linked"), gettext_lazy("0 to 5: how many, and how closely.")
    )
    recognition = mark_field(
        gettext_lazy("Recognition of the goods"), gettext_lazy("0 to 5: marks, awards, a name.")
    )
    stock = mark_field(
        gettext_lazy("Stock for the fair"), gettext_lazy("0 to 5: enough for every day.")
    )
    complaints = mark_field(
        gettext_lazy("Few complaints in the past"), gettext_lazy("0 to 5: none is 5.")
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def marks(self) -> Marks:
        return Marks(*(self.cleaned_data[name] for name in Marks._fields))


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The cooperative reads it in a mail."),
    )


class ApplicationView(FairScreen, TemplateView):
    """The button's `do` says what is asked for; only organisers decide, only reviewers score."""

    for_reviewers = True
    template_name = "expos/admin/exhibitors/application.html"

    @cached_property
    def exhibitor(self) -> Exhibitor:
        handed_in = Exhibitor.objects.handed_in().filter(fair=self.fair)
        return get_object_or_404(handed_in.for_office_page(), pk=self.kwargs["row"])

    def get_page_title(self) -> str:
        return self.exhibitor.cooperative.short_name_text

    def crumbs(self) -> list[Crumb]:
        return [Crumb(self.address("applications"), pgettext("fair", "Applications"))]

    @property
    def here(self) -> str:
        return self.address("application", self.exhibitor.pk)

    @cached_property
    def is_own(self) -> bool:
        own = own_cooperatives(self.request.user, timezone.now())
        return self.exhibitor.cooperative_id in own

    def own_review(self) -> Review | None:
        reviews = self.exhibitor.reviews.all()
        return next((one for one in reviews if one.reviewer_id == self.request.user.pk), None)

    def score_form(self) -> ScoreForm | None:
        """None for whoever may not score it now."""
        is_decided = self.exhibitor.state != State.APPLIED or self.fair.state in OVER
        if not self.is_reviewer or is_decided or self.is_own:
            return None
        review = self.own_review()
        names = (*Marks._fields, "note")
        return ScoreForm(initial={name: getattr(review, name) for name in names} if review else {})

    def get_context_data(self, **kwargs: object) -> dict:
        exhibitor, day = self.exhibitor, timezone.localdate()
        goods = [row.product for row in exhibitor.goods.all()]
        free = free_packs_of(goods)
        questions = asked(questions_of(self.fair), exhibitor.answers)
        is_closed = self.fair.state in OVER or self.is_own or not self.is_organiser
        may = () if is_closed else FOLLOWING[State(exhibitor.state)]
        forms_shown = {"score_form": self.score_form(), "decline_form": DeclineForm()}
        return {
            **super().get_context_data(**kwargs),
            "exhibitor": exhibitor,
            "goods": [(good, free.get(good.pk, 0)) for good in goods],
            "answers": [
                (question_text(q), answer_text(q, exhibitor.answers.get(q.key, "")))
                for q in questions
            ],
            "papers": exhibitor.cooperative.papers.order_by("kind", "valid_from"),
            "lacking": lacking_of(exhibitor),
            "past": past_of(exhibitor.cooperative, day),
            "may": [str(state) for state in may],
            "own_words": OwnCooperative().words if self.is_own else "",
            "best": 4 * BEST_SCORE,
            **forms_shown,
            **kwargs,
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        do = request.POST.get("do", "")
        if do == "score":
            return self.score(request)
        if not self.is_organiser:
            return permission_denied(request)
        if do == "decline":
            return self.decline(request)
        about = {"exhibitor_id": self.exhibitor.pk, "by": request.user, "now": timezone.now()}
        acts: dict[str, Callable[[], Exhibitor]] = {
            "accept": lambda: accept_exhibitor(**about),
            "reserve": lambda: reserve_exhibitor(**about),
            "reinstate": lambda: reinstate_exhibitor(**about),
        }
        return self.do(acts[do]) if do in acts else self.nothing(_("Choose what is to be done."))

    def score(self, request: HttpRequest) -> HttpResponse:
        form = ScoreForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(score_form=form), status=422)
        return self.do(
            lambda: score_exhibitor(
                exhibitor_id=self.exhibitor.pk,
                marks=form.marks,
                note=form.cleaned_data["note"],
                by=request.user,
                now=timezone.now(),
            )
        )

    def decline(self, request: HttpRequest) -> HttpResponse:
        form = DeclineForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(decline_form=form), status=422)
        return self.do(
            lambda: decline_exhibitor(
                exhibitor_id=self.exhibitor.pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        )

    def do(self, act: Callable[[], object]) -> HttpResponse:
        try:
            act()
        except FairRefused as refusal:
            return self.nothing(refusal.words)
        messages.success(self.request, _("Done, and written down."))
        return redirect(self.here)

    def nothing(self, words: str) -> HttpResponse:
        messages.error(self.request, words)
        return redirect(self.here)
