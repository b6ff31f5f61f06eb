"""What the organiser's screens about one fair share: the fair, who may see it, the way around."""

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.fairs.models import Fair, Reviewer

RIGHT = "fairs.change_fair"


class Crumb(NamedTuple):
    url: str
    label: str


class FairScreen(WagtailAdminTemplateMixin):
    """Put before a view. For whoever may change fairs; where `for_reviewers`, also for who is named
    by the fair.

    Others are led to the admin's first page with words, as Wagtail does; of a fair that a reviewer
    is not named by, the reviewer does not learn.
    """

    for_reviewers = False
    namespace = "fair_desk"
    header_icon = "site"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.is_organiser = request.user.has_perm(RIGHT)
        if not self.is_organiser:
            reviews = Reviewer.objects.filter(user=request.user)
            if not self.for_reviewers or not reviews.exists():
                return permission_denied(request)
            if not reviews.filter(fair=kwargs["pk"]).exists():
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def fair(self) -> Fair:
        return get_object_or_404(Fair, pk=self.kwargs["pk"])

    @cached_property
    def is_reviewer(self) -> bool:
        return Reviewer.objects.filter(fair=self.fair, user=self.request.user).exists()

    def address(self, name: str, *more: object) -> str:
        return reverse(f"{self.namespace}:{name}", args=[self.fair.pk, *more])

    def crumbs(self) -> list[Crumb]:
        """Those between the fair's desk and this screen."""
        return []

    def get_page_subtitle(self) -> str:
        return self.fair.name

    def get_breadcrumbs_items(self) -> list[dict]:
        if self.is_organiser:
            way = [
                Crumb(reverse("fairs:index"), _("Fairs")),
                Crumb(reverse("fair_desk:desk", args=[self.fair.pk]), self.fair.name),
            ]
        else:
            way = [Crumb(reverse("fair_desk:reviews"), _("Applications to score"))]
        found = [crumb._asdict() for crumb in (*way, *self.crumbs())]
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *found, here]

    def get_context_data(self, **kwargs: object) -> dict:
        about = {"fair": self.fair, "is_organiser": self.is_organiser}
        return {**super().get_context_data(**kwargs), **about}
