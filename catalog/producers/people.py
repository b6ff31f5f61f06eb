"""The people of a cooperative: invited by its owners, in roles that these change, until they end.

The cooperative's row is locked by whoever changes them, so that two owners who leave in the same
moment cannot both believe that the other stays.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.producers.models import Cooperative, Membership

Role = Membership.Role


class PeopleRefused(Exception):
    """Nothing is changed; `words` say why in the reader's language."""

    @property
    def words(self) -> str:
        return _("This person does not act for you any more. Please look again.")


class LastOwner(PeopleRefused):
    @property
    def words(self) -> str:
        return _("Somebody must own it: make another person the owner first.")


@transaction.atomic
def change_role(*, cooperative: Cooperative, membership_id: int, role: Role, day: date) -> None:
    """Raises LastOwner when nobody would own the cooperative any more."""
    member = hold_member(cooperative, membership_id, day)
    if role != Role.OWNER:
        check_owned_without(member, day)
    member.role = role
    member.save(update_fields=["role"])


@transaction.atomic
def end_membership(*, cooperative: Cooperative, membership_id: int, day: date) -> None:
    """Every right is gone at once: the last day is yesterday, also of what began today. Raises
    LastOwner."""
    member = hold_member(cooperative, membership_id, day)
    check_owned_without(member, day)
    member.ends_on = day - timedelta(days=1)
    member.begins_on = min(member.begins_on, member.ends_on)
    member.save(update_fields=["begins_on", "ends_on"])


@transaction.atomic
def transfer_ownership(
    *, cooperative: Cooperative, from_id: int, to_id: int, day: date
) -> Membership:
    """One owner becomes a clerk and another person the owner, both or neither. Raises
    PeopleRefused when one of them is not there any more, or the first owns nothing."""
    owner, heir = (hold_member(cooperative, key, day) for key in (from_id, to_id))
    if owner.role != Role.OWNER or owner == heir:
        raise PeopleRefused
    for member, role in ((heir, Role.OWNER), (owner, Role.CLERK)):
        member.role = role
        member.save(update_fields=["role"])
    return heir


def hold_people(cooperative: Cooperative) -> None:
    """Lock the cooperative until the transaction ends."""
    Cooperative.objects.select_for_update(no_key=True).get(pk=cooperative.pk)


def hold_member(cooperative: Cooperative, membership_id: int, day: date) -> Membership:
    hold_people(cooperative)
    people = cooperative.memberships.in_force(day)
    member = people.filter(pk=membership_id).first()
    if member is None:
        raise PeopleRefused
    return member


def check_owned_without(member: Membership, day: date) -> None:
    """Whether somebody else owns the cooperative for good, or this one does not own it."""
    owners = Membership.objects.in_force(day).filter(
        cooperative=member.cooperative_id, role=Role.OWNER, ends_on=None
    )
    if member.role == Role.OWNER and not owners.exclude(pk=member.pk).exists():
        raise LastOwner
