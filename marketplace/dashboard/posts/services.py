"""Giving people posts of the programme, and ending them.

All posts of operators are locked, in pk order, by whoever ends one: two operators who end each
other in the same moment cannot both believe that the other stays. Whoever is appointed is locked
too, so that nobody is given the same post twice at once.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.origins.models import Region
from marketplace.accounts.models import Posting, PostingStep, User
from marketplace.dashboard.posts.notices import tell_post
from marketplace.dashboard.posts.refusals import (
    HeldAlready,
    LastOperator,
    NoAccount,
    NoCounty,
    OwnPost,
    PostRefused,
    WrongDay,
)

Role = Posting.Role
NEVER = date.max
ONE_DAY = timedelta(days=1)


@transaction.atomic
def appoint(
    *,
    email: str,
    role: Role,
    county: Region | None,
    begins_on: date,
    ends_on: date | None,
    by: User | None,
    now: datetime,
) -> Posting:
    """Give the post to whoever has signed up with the address, and tell them.

    `by` is None only on the machine itself, for the very first operator. Raises PostRefused.
    """
    check_days(begins_on, ends_on, timezone.localdate(now))
    if role == Role.COUNTY_CONFIRMER and county is None:
        raise NoCounty
    user = hold_account(email)
    if by is not None and user.pk == by.pk:
        raise OwnPost
    region = county if role == Role.COUNTY_CONFIRMER else None
    held = user.postings.filter(role=role, region=region)
    overlap = held.filter(Q(ends_on=None) | Q(ends_on__gte=begins_on))
    if overlap.filter(begins_on__lte=ends_on or NEVER).exists():
        raise HeldAlready
    posting = Posting.objects.create(
        user=user, role=role, region=region, begins_on=begins_on, ends_on=ends_on
    )
    keep_step(posting, PostingStep.Kind.APPOINTED, by, now)
    return posting


def check_days(begins_on: date, ends_on: date | None, today: date) -> None:
    if begins_on < today:
        raise WrongDay("begins_on", _("A post begins today or later."))
    if ends_on is not None and ends_on < begins_on:
        raise WrongDay("ends_on", _("It would end before it begins."))


def hold_account(email: str) -> User:
    """Locked until the transaction ends. Raises NoAccount."""
    people = User.objects.filter(is_active=True, email__iexact=email)
    user = people.select_for_update(no_key=True).first()
    if user is None:
        raise NoAccount
    return user


@transaction.atomic
def end_post(
    *, posting_id: int, last: date | None, seen: date | None, by: User, now: datetime
) -> Posting:
    """Set the last day of a post, None: it is over at once. `seen` is the last day that was shown.

    A post is only ever shortened; of one that is over at once the last day is yesterday. Raises
    PostRefused, LastOperator, WrongDay, Posting.DoesNotExist.
    """
    today = timezone.localdate(now)
    operators = list(hold_posts(Q(role=Role.OPERATOR)))
    posting = hold_posts(Q(pk=posting_id)).get()
    if posting.ends_on != seen or has_ended(posting, today):
        raise PostRefused
    check_last(posting, last, today)
    before = run_until(operators, today)
    posting.ends_on = last or today - ONE_DAY
    posting.begins_on = min(posting.begins_on, posting.ends_on)
    others = [one for one in operators if one.pk != posting.pk]
    after = run_until([*others, posting] if posting.role == Role.OPERATOR else operators, today)
    if after < before:
        raise LastOperator(after + ONE_DAY)
    posting.save(update_fields=["begins_on", "ends_on"])
    keep_step(posting, PostingStep.Kind.ENDED, by, now)
    return posting


def hold_posts(which: Q) -> Iterable[Posting]:
    """Locked in pk order until the transaction ends, each as it is now."""
    found = Posting.objects.filter(which).order_by("pk").select_related("user", "region")
    return found.select_for_update(no_key=True, of=("self",))


def has_ended(posting: Posting, today: date) -> bool:
    return posting.ends_on is not None and posting.ends_on < today


def check_last(posting: Posting, last: date | None, today: date) -> None:
    if last is None:
        return
    if last < max(today, posting.begins_on):
        raise WrongDay("last", _("The last day is today or later, and not before it begins."))
    if posting.ends_on is not None and last >= posting.ends_on:
        words = _("It ends earlier already. To go on, appoint the person anew for the time after.")
        raise WrongDay("last", words)


def run_until(operators: Iterable[Posting], today: date) -> date:
    """Until when operators follow one another without a gap; the day before when there is none."""
    end = today - ONE_DAY
    for post in sorted(operators, key=lambda one: one.begins_on):
        if end < NEVER and post.begins_on <= end + ONE_DAY:
            end = max(end, post.ends_on or NEVER)
    return end


def keep_step(posting: Posting, kind: PostingStep.Kind, by: User | None, now: datetime) -> None:
    """Write down who did it, and tell the person."""
    step = PostingStep.objects.create(
        posting=posting, kind=kind, ends_on=posting.ends_on, by=by, at=now
    )
    tell_post(step=step)
