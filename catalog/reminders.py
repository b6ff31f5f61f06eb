"""Telling the people of a business in time that a paper ends: 30, 7 and 1 day before, each once."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.papers.models import Paper
from catalog.producers.models import Cooperative, Membership
from marketplace.outbox.services import write_message

STAGES = (1, 7, 30)
TOLD = (Membership.Role.OWNER, Membership.Role.CLERK)


def remind_of_ends(*, day: date) -> int:
    """Write to owner and clerks of every paper that ends soon; returns how many letters there are.

    A day on which nobody ran this is made up for on the next. Who renewed in time is left alone.
    """
    ending = Paper.objects.filter(
        Q(cooperativepaper__isnull=False) | Q(productpaper__isnull=False),
        valid_until__range=(day, day + timedelta(days=max(STAGES))),
    ).distinct()
    return sum(remind_of(paper, day) for paper in ending.order_by("valid_until", "pk"))


def remind_of(paper: Paper, day: date) -> int:
    businesses = businesses_of(paper)
    if is_renewed(paper, businesses):
        return 0
    stage = next(days for days in STAGES if paper.days_left(day) <= days)
    people = Membership.objects.in_force(day).filter(cooperative__in=businesses, role__in=TOLD)
    told = people.filter(user__email__isnull=False).select_related("user", "cooperative")
    for member in told:
        write_reminder(paper, member, stage, day)
    return len(told)


def businesses_of(paper: Paper) -> list[Cooperative]:
    """Who holds it, for itself or for one of its goods."""
    held = Q(cooperativepaper__paper=paper) | Q(products__product_papers__paper=paper)
    return list(Cooperative.objects.filter(held).distinct())


def is_renewed(paper: Paper, businesses: Iterable[Cooperative]) -> bool:
    """Whether one of its kind follows it without a gap and lasts longer."""
    same = Paper.objects.filter(kind=paper.kind).exclude(pk=paper.pk)
    longer = same.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=paper.valid_until),
        valid_from__lte=paper.valid_until + timedelta(days=1),
    )
    goods = paper.productpaper_set.values("product")
    if goods:
        return longer.filter(productpaper__product__in=goods).exists()
    return longer.filter(cooperativepaper__cooperative__in=businesses).exists()


def write_reminder(paper: Paper, member: Membership, stage: int, day: date) -> None:
    link = settings.SITE_URL + reverse("backoffice:papers", args=[member.cooperative.slug])
    context = {"paper": paper, "days": paper.days_left(day), "link": link}
    write_message(
        event=f"paper_ends:{paper.pk}:{paper.valid_until}:{stage}",
        recipient=member.user.email,
        subject=_("Ends soon: %(paper)s") % {"paper": paper.kind_label},
        body=render_to_string("mail/paper_ends.txt", context),
    )
