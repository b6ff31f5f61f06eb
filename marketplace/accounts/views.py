"""A person's own page, and the way into the admin."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from marketplace.accounts.roles import has_desk, roles_of


@method_decorator(never_cache, name="dispatch")
class AccountHome(LoginRequiredMixin, TemplateView):
    template_name = "account/home.html"
    login_url = reverse_lazy("account_login")

    def get_context_data(self, **kwargs: object) -> dict:
        user, day = self.request.user, timezone.localdate()
        return super().get_context_data(
            roles=roles_of(user, day),
            has_desk=has_desk(user, day),
            has_applied=user.applications.exists(),
            **kwargs,
        )


@never_cache
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Editors sign in as everybody does. Who is signed in without the right is told so:
    sending them on to sign in would send them back here for ever."""
    if request.user.is_anonymous:
        wanted = request.GET.get("next", reverse("wagtailadmin_home"))
        return redirect_to_login(wanted, reverse("account_login"))
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return redirect("wagtailadmin_home")
