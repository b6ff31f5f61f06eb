"""What somebody may act as, said in words."""

from datetime import date

from django.utils.translation import gettext as _

from marketplace.accounts.models import Posting, User
from marketplace.accounts.querysets import in_force


def roles_of(user: User, day: date) -> list[str]:
    """Posts of the programme and places in cooperatives that the person holds that day.

    Memberships are reached through the user: their app stands above this one.
    """
    postings = user.postings.in_force(day)
    memberships = user.memberships.filter(in_force(day)).select_related("cooperative")
    return [
        *(_with_place(posting.get_role_display(), posting.region) for posting in postings),
        *(
            _with_place(membership.get_role_display(), membership.cooperative.short_name_text)
            for membership in memberships.order_by("begins_on", "pk")
        ),
    ]


def is_operator(user: User, day: date) -> bool:
    """Whether the person runs the market that day. Nothing else gives this right, not even
    being a superuser."""
    return user.postings.in_force(day).filter(role=Posting.Role.OPERATOR).exists()


def _with_place(role: str, place: object) -> str:
    return _("%(role)s, %(place)s") % {"role": role, "place": place} if place else role
