"""Recording that somebody takes back a consent: first one is told what leaves the site."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.home.consents import uses_of
from cms.images.models import PictureConsent
from cms.stories.services import WithdrawnAlready, withdraw_consent

CHANGE = "images.change_pictureconsent"


class WithdrawView(WagtailAdminTemplateMixin, TemplateView):
    """For whoever keeps consents; taking a page off by it needs no right to publish, for the
    person need not wait (个人信息保护法 15)."""

    template_name = "cms/admin/consent_withdraw.html"
    page_title = gettext_lazy("Withdraw the consent")
    header_icon = "user"

    @cached_property
    def consent(self) -> PictureConsent:
        return get_object_or_404(PictureConsent, pk=self.kwargs["pk"])

    @property
    def back_url(self) -> str:
        name = PictureConsent.snippet_viewset.get_url_name("edit")
        return reverse(name, args=[self.consent.pk])

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(CHANGE):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.consent.person

    def get_breadcrumbs_items(self) -> list[dict]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.consent.person}
        above = {"url": self.back_url, "label": str(self.consent)}
        return [*self.breadcrumbs_items, above, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, **uses_of(self.consent), "back_url": self.back_url}

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.told_already() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            withdraw_consent(consent=self.consent, by=request.user, day=timezone.localdate())
        except WithdrawnAlready:
            self.consent.refresh_from_db()
            return self.told_already()
        words = _("The consent of “%(person)s” is withdrawn; what rested on it has left the site.")
        messages.success(request, words % {"person": self.consent.person})
        return redirect(self.back_url)

    def told_already(self) -> HttpResponse | None:
        """Where somebody else was faster, nothing is done twice."""
        if self.consent.withdrawn_on is None:
            return None
        messages.warning(self.request, _("This consent was withdrawn before; nothing was changed."))
        return redirect(self.back_url)
