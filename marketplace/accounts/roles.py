"""What somebody may act as, said in words."""

from datetime import date

from django.utils.translation import gettext as _

from marketplace.accounts.models import Posting, User

DESKS = (Posting.Role.OPERATOR, Posting.Role.COUNTY_CONFIRMER)


def roles_of(user: User, day: date) -> list[str]:
    """Posts of the programme and places in cooperatives that the person holds that day.

    Memberships are reached through the user: their app stands above this one.
    """
    postings = user.postings.in_force(day)
    memberships = user.memberships.in_force(day)
    return [
        *(_with_place(posting.get_role_display(), posting.region) for posting in postings),
        *(
            _with_place(membership.get_role_display(), membership.cooperative.short_name_text)
            for membership in memberships
        ),
    ]


def is_operator(user: User, day: date) -> bool:
    """Whether the person runs the market that day. Nothing else gives this right, not even
    being a superuser."""
    return user.postings.in_force(day).filter(role=Posting.Role.OPERATOR).exists()


def has_desk(user: User, day: date) -> bool:
    """Whether the person works in the back office that day, whatever they do there."""
    posts = user.postings.in_force(day).filter(role__in=DESKS)
    return posts.exists() or user.memberships.in_force(day).exists()


def _with_place(role: str, place: object) -> str:
    return _("%(role)s, %(place)s") % {"role": role, "place": place} if place else role
