"""The people of a cooperative, as its owners see them; and the invitation, as its reader does."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.producers.invitations import (
    InvitationSpent,
    accept_invitation,
    invite,
    is_for,
    read_invitation,
)
from catalog.producers.models import Cooperative, Membership
from catalog.producers.people import (
    PeopleRefused,
    change_role,
    end_membership,
    transfer_ownership,
)
from marketplace.dashboard.access import members_only, signed_in_only
from marketplace.dashboard.people.forms import InviteForm, RoleForm

OWNER = Membership.Role.OWNER
DOOR = {"door": "coop_people"}
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@members_only(OWNER)
@both_ways
def show_people(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    """Everybody who acts for it today; a POST invites one more."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = timezone.localdate()
        about = {"cooperative": cooperative, "by": request.user, "day": day, "link": link_of}
        try:
            invite(**about, **form.cleaned_data)
        except PeopleRefused as refusal:
            form.add_error("email", refusal.words)
        else:
            words = _("Invited. The link in the mail holds for seven days.")
            messages.success(request, words)
            return redirect("backoffice:coop_people", cooperative.slug)
    people = cooperative.memberships.in_force(timezone.localdate()).select_related("user")
    context = {"people": people, "form": form, "cooperative": cooperative, **DOOR}
    return render(request, "dashboard/people/list.html", context)


def link_of(token: str) -> str:
    return settings.SITE_URL + reverse("backoffice:invitation", args=[token])


@members_only(OWNER)
@both_ways
def show_member(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    """The button's `do` says what is asked for."""
    people = cooperative.memberships.in_force(timezone.localdate()).select_related("user")
    member = people.filter(pk=pk).first()
    if member is None:
        raise Http404
    do, problem = request.POST.get("do", ""), ""
    form = RoleForm(request.POST if do == "role" else None, initial={"role": member.role})
    if request.method == "POST" and (do != "role" or form.is_valid()):
        problem = change(do, request, member, form)
        if not problem:
            messages.success(request, _("Done, and written down."))
            return after(do, request, member)
    context = {"member": member, "form": form, "problem": problem, "cooperative": cooperative}
    context |= {"is_self": member.pk == request.membership.pk, **DOOR}
    status = 409 if problem else 200
    return render(request, "dashboard/people/member.html", context, status=status)


def after(do: str, request: HttpRequest, member: Membership) -> HttpResponse:
    """To where the person may still go."""
    is_self = member.pk == request.membership.pk
    if do == "end" and is_self:
        return redirect("account_home")
    room = "coop" if is_self or do == "transfer" else "coop_people"
    return redirect(f"backoffice:{room}", member.cooperative.slug)


def change(do: str, request: HttpRequest, member: Membership, form: RoleForm) -> str:
    """Change it, or say in words why not."""
    about = {"cooperative": member.cooperative, "day": timezone.localdate()}
    try:
        if do == "role":
            change_role(membership_id=member.pk, role=form.cleaned_data["role"], **about)
        elif do == "end":
            end_membership(membership_id=member.pk, **about)
        elif do == "transfer":
            transfer_ownership(from_id=request.membership.pk, to_id=member.pk, **about)
        else:
            return _("Choose what is to be done.")
    except PeopleRefused as refusal:
        return refusal.words
    return ""


@signed_in_only
@both_ways
def answer_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever signs in with the address that it was sent to; others do not learn of it."""
    spent = {"cooperative": None}
    try:
        invitation = read_invitation(token)
        if invitation is None or not is_for(invitation, request.user):
            raise Http404
        if request.method == "POST":
            day = timezone.localdate()
            made = accept_invitation(invitation=invitation, user=request.user, day=day)
            messages.success(request, _("Welcome: you act for this cooperative now."))
            return redirect("backoffice:coop", made.cooperative.slug)
    except InvitationSpent as refusal:
        context = spent | {"problem": refusal.words}
        return render(request, "dashboard/people/invitation.html", context, status=410)
    cooperative = Cooperative.objects.get(pk=invitation.cooperative)
    context = {"cooperative": cooperative, "role": Membership.Role(invitation.role).label}
    return render(request, "dashboard/people/invitation.html", context)
