"""Who is about to sell here: read by everybody, and objected to by anybody."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalog.producers.admission.refusals import AdmissionRefused
from catalog.producers.admission.services import write_objection
from catalog.producers.models import Application
from marketplace.shop.caching import public_page
from marketplace.shop.sharing import Share
from marketplace.shop.trail import notice_trail, notices_trail


class ObjectionForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What speaks against it?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=40)
    contact = forms.CharField(
        label=gettext_lazy("Telephone or e-mail"),
        max_length=80,
        help_text=gettext_lazy("Only Yinshan Market sees name and contact; we answer there."),
    )


@require_safe
@public_page
def list_notices(request: HttpRequest) -> HttpResponse:
    context = {
        "share": Share(_("Public notices"), _("Who is about to sell here. Anybody may object.")),
        "notices": Application.objects.in_notice(timezone.localdate()),
        "breadcrumbs": notices_trail(),
    }
    return render(request, "shop/notices/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One application in notice, with the form; gone when its days are over."""
    in_notice = Application.objects.in_notice(timezone.localdate()).prefetch_related("papers")
    application = get_object_or_404(in_notice, pk=pk)
    form = ObjectionForm(request.POST or None)
    if form.is_valid():
        try:
            write_objection(application_id=pk, now=timezone.now(), **form.cleaned_data)
        except AdmissionRefused as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, _("Thank you. We look into it before the business opens."))
            return redirect("cooperatives:notice", pk)
    context = {
        "application": application,
        "form": form,
        "breadcrumbs": notice_trail(application),
    }
    return render(request, "shop/notices/detail.html", context)
