from functools import cached_property

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.expos.admin.copying.form import NewFairForm
from cms.expos.copying import copy_fair_page
from cms.expos.models import FairPage
from marketplace.accounts.models import User


def may_copy(user: User, page: FairPage) -> bool:
    """Who may add pages where it stands, and rows of fairs."""
    siblings = page.get_parent().permissions_for_user(user)
    return user.has_perm("fairs.add_fair") and siblings.can_add_subpage()


class NewFairView(WagtailAdminTemplateMixin, FormView):
    form_class = NewFairForm
    template_name = "wagtailadmin/generic/form.html"
    header_icon = "copy"

    @cached_property
    def page(self) -> FairPage:
        return get_object_or_404(FairPage, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_copy(request.user, self.page):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "page": self.page}

    def form_valid(self, form: NewFairForm) -> HttpResponse:
        copy = copy_fair_page(page=self.page, by=self.request.user, **form.cleaned_data)
        words = _("“%(fair)s” is a draft now, with the structure of “%(earlier)s”.")
        names = {"fair": copy.title, "earlier": self.page.title}
        messages.success(self.request, words % names)
        return redirect("wagtailadmin_pages:edit", copy.pk)

    def get_page_title(self) -> str:
        return _("A new fair from this one")

    def get_page_subtitle(self) -> str:
        return self.page.title

    def get_breadcrumbs_items(self) -> list[dict]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.page.title}
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [*self.breadcrumbs_items, {"url": edit, "label": self.page.title}, here]

    def get_context_data(self, **kwargs: object) -> dict:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "media": context["form"].media,
            "action_url": self.request.path,
            "submit_button_label": _("Make the draft"),
            "submit_button_active_label": _("Making it…"),
        }
