"""The accounts of the demonstration, made once: later runs change no password and no name."""

from datetime import date

from allauth.account.models import EmailAddress
from django.utils import timezone

from catalog.producers.models import Cooperative, Membership
from cms.home.groups import ensure_groups
from marketplace.accounts.models import Posting, PostingStep, User
from marketplace.demo import reading


def load_people(*, day: date) -> int:
    """Write the accounts that are missing; returns how many there are."""
    people = reading.read("people")
    groups = ensure_groups()._asdict()
    for entry in people["person"]:
        user = User.objects.filter(email=entry["email"]).first()
        user = user or _add_person(entry, people["password"], day)
        if "group" in entry and not user.groups.exists():
            user.groups.add(groups[entry["group"]])
    return len(people["person"])


def _add_person(entry: dict, password: str, day: date) -> User:
    user = User.objects.create_user(entry["email"], password, last_name=entry["name"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if "cooperative" in entry:
        slug = next(c["slug"] for c in reading.cooperatives() if c["key"] == entry["cooperative"])
        Membership.objects.create(
            user=user,
            cooperative=Cooperative.objects.get(slug=slug),
            role=Membership.Role.OWNER,
            begins_on=day,
        )
    if "posting" in entry:
        posting = Posting.objects.create(
            user=user, role=entry["posting"], region_id=entry.get("region"), begins_on=day
        )
        PostingStep.objects.create(
            posting=posting, kind=PostingStep.Kind.APPOINTED, at=timezone.now()
        )
    return user
