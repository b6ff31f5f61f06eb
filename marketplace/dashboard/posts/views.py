"""Who works for the market: appointed by operators, and ended by them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts.models import Posting
from marketplace.accounts.roles import is_operator
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.posts.forms import AppointForm, EndForm, EndNowForm
from marketplace.dashboard.posts.listing import Row, read_posts
from marketplace.dashboard.posts.refusals import PostRefused
from marketplace.dashboard.posts.services import appoint, end_post

DOOR = {"door": "posts"}
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    found = read_posts(params=request.GET, path=request.path, day=timezone.localdate())
    return render(request, "dashboard/posts/list.html", {"found": found, **DOOR})


@operators_only
@both_ways
def appoint_somebody(request: HttpRequest) -> HttpResponse:
    form = AppointForm(request.POST or None)
    if form.is_valid():
        try:
            appoint(by=request.user, now=timezone.now(), **form.cleaned_data)
        except PostRefused as refusal:
            form.add_error(refusal.field, refusal.words)
        else:
            messages.success(request, _("Appointed. The person is told by e-mail."))
            return redirect("backoffice:posts")
    return render(request, "dashboard/posts/new.html", {"form": form, **DOOR})


@operators_only
@both_ways
def show_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The button `now` ends it at once; else the last day is what was typed."""
    posts = Posting.objects.select_related("user", "region")
    posting = get_object_or_404(posts, pk=pk)
    at_once = "now" in request.POST
    form_class = EndNowForm if at_once else EndForm
    form = form_class(request.POST or None, initial={"seen": posting.ends_on})
    status = 200
    if form.is_valid():
        given = {"last": None, **form.cleaned_data}
        try:
            end_post(posting_id=pk, by=request.user, now=timezone.now(), **given)
        except PostRefused as refusal:
            posting.refresh_from_db()
            form, status = complain(request, posting, refusal.words), 409
        else:
            messages.success(request, _("Done. The person is told by e-mail."))
            is_still = is_operator(request.user, timezone.localdate())
            return redirect("backoffice:posts" if is_still else "account_home")
    elif at_once:
        form = EndForm(initial={"seen": posting.ends_on})
    context = {
        "row": Row(posting, timezone.localdate()),
        "posting": posting,
        "form": form,
        "steps": posting.steps.select_related("by").order_by("-pk"),
        **DOOR,
    }
    return render(request, "dashboard/posts/post.html", context, status=status)


def complain(request: HttpRequest, posting: Posting, words: str) -> EndForm:
    """What was refused stands beside the day; what is shown now counts as seen."""
    form = EndForm({**request.POST.dict(), "seen": posting.ends_on or ""})
    form.errors["last"] = form.error_class([words])
    return form
