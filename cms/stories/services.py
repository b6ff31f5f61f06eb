"""What ends with a consent: the stories that name the person, and the pictures that show them."""

from datetime import date

from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction

from cms.images.models import PictureConsent
from cms.images.services import remove_pictures_of, remove_renditions_without_consent
from cms.stories.models import StoryPage
from cms.stories.querysets import StoryQuerySet
from marketplace.accounts.models import User


class WithdrawnAlready(Exception):
    """Nothing was changed: somebody else has recorded the withdrawal."""


@transaction.atomic
def withdraw_consent(*, consent: PictureConsent, by: User | None, day: date) -> PictureConsent:
    """The stories leave the site in every language and the pictures are deleted, at once.

    Whoever publishes holds the same row, so a story is either refused or taken off here. Pages
    and files that were kept are forgotten after the commit. Raises WithdrawnAlready.
    """
    held = PictureConsent.objects.select_for_update().get(pk=consent.pk)
    if held.withdrawn_on is not None:
        raise WithdrawnAlready
    held.withdrawn_on, held.withdrawn_by = max(day, held.given_on), by
    held.save(update_fields=["withdrawn_on", "withdrawn_by"])
    take_off(StoryPage.objects.live().resting_on([held]), by=by)
    remove_pictures_of(consent=held)
    return held


@transaction.atomic
def end_consents(*, day: date) -> None:
    """What ended by itself leaves the site too; the uploads stay until somebody deletes them, for
    the person may sign again. A page may rest on the consent of a translation that is no longer
    public itself."""
    ended = StoryPage.objects.live().without_consent(day)
    told = StoryPage.objects.filter(translation_key__in=ended.values("translation_key"))
    consents = PictureConsent.objects.filter(pk__in=told.values("consent"))
    if list(consents.select_for_update().order_by("pk")):
        take_off(ended, by=None)
    remove_renditions_without_consent(day=day)


def take_off(stories: StoryQuerySet, *, by: User | None) -> None:
    """Whoever records a withdrawal need not have the right to publish."""
    for story in stories.order_by("pk"):
        UnpublishPageAction(story, user=by).execute(skip_permission_checks=True)
