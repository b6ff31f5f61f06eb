"""Invitations to act for a cooperative: a signed link in a mail, good once, for one address.

Nothing is stored. The link says who invites whom as what, and how often that address has been a
member so far: accepting it makes that number wrong, so it opens nothing a second time.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from catalog.producers.models import Cooperative, Membership
from catalog.producers.people import PeopleRefused, hold_people
from marketplace.accounts.models import User
from marketplace.outbox.services import write_message

SALT = "producers.invitation"
GOOD_FOR = timedelta(days=7)
Role = Membership.Role


class Invitation(NamedTuple):
    """`before` is how often the address was a member when it was invited."""

    cooperative: int
    email: str
    role: str
    inviter: int
    before: int


class InvitationSpent(PeopleRefused):
    @property
    def words(self) -> str:
        return _("This invitation holds no longer. Ask for a new one.")


class AlreadyMember(PeopleRefused):
    @property
    def words(self) -> str:
        return _("This person acts for you already.")


@transaction.atomic
def invite(
    *,
    cooperative: Cooperative,
    email: str,
    role: Role,
    by: User,
    day: date,
    link: Callable[[str], str],
) -> None:
    """Write the mail with the link, which `link` makes of what is signed. Raises AlreadyMember."""
    email = email.lower()
    people = cooperative.memberships.in_force(day)
    if people.filter(user__email__iexact=email).exists():
        raise AlreadyMember
    asked = Invitation(cooperative.pk, email, role, by.pk, times_member(cooperative.pk, email))
    token = sign(asked)
    maker = {"maker": cooperative.short_name_text}
    context = {"maker": cooperative, "role": Role(role).label, "link": link(token), "by": by}
    write_message(
        event=f"invitation:{cooperative.pk}:{token[-24:]}",
        recipient=email,
        subject=_("Will you act for %(maker)s at Yinshan Market?") % maker,
        body=render_to_string("mail/invitation.txt", context),
    )


def signer() -> signing.TimestampSigner:
    """With dots, which addresses hold as they are."""
    return signing.TimestampSigner(salt=SALT, sep=".")


def sign(invitation: Invitation) -> str:
    return signer().sign_object(invitation)


def times_member(cooperative_id: int, email: str) -> int:
    found = Membership.objects.filter(cooperative=cooperative_id, user__email__iexact=email)
    return found.count()


def read_invitation(token: str) -> Invitation | None:
    """None for what we have not signed. Raises InvitationSpent for what is too old."""
    try:
        return Invitation(*signer().unsign_object(token, max_age=GOOD_FOR))
    except signing.SignatureExpired as error:
        raise InvitationSpent from error
    except signing.BadSignature:
        return None


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User, day: date) -> Membership:
    """Act for the cooperative from today on. Raises InvitationSpent when it was accepted before,
    when it is somebody else's, or when whoever invited owns the cooperative no longer."""
    cooperative = Cooperative.objects.get(pk=invitation.cooperative)
    hold_people(cooperative)
    people = cooperative.memberships.in_force(day)
    is_owned = people.filter(user=invitation.inviter, role=Role.OWNER).exists()
    before = times_member(cooperative.pk, invitation.email)
    if not is_owned or before != invitation.before or not is_for(invitation, user):
        raise InvitationSpent
    return Membership.objects.create(
        user=user, cooperative=cooperative, role=invitation.role, begins_on=day
    )


def is_for(invitation: Invitation, user: User) -> bool:
    return (user.email or "").lower() == invitation.email
