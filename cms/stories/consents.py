"""A story that names somebody rests on a consent that holds on the day on which it is public."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from cms.images.models import PictureConsent


def faults_of_consent(story: models.Model, day: date) -> dict[str, ValidationError]:
    """By field. `story` may be any of its versions; the stored one is looked at too, so that the
    name does not come back with a version from before the consent was recorded."""
    if story.consent_id is not None:
        words = fault_of(story.consent, day)
        return {"consent": ValidationError(words)} if words else {}
    if rests_on_ended_consent(story, day):
        words = _(
            "What this story told rested on a consent that has ended. Choose one that is valid, or"
            " write another story in which nobody is named."
        )
        return {"names_person": ValidationError(words)}
    return {}


def fault_of(consent: PictureConsent, day: date) -> str:
    if not consent.is_valid_on(day):
        return _("This consent is not valid today: it has ended or was withdrawn.")
    return "" if consent.covers_words else _("This consent covers pictures only, no words.")


def rests_on_ended_consent(story: models.Model, day: date) -> bool:
    stored = type(story).objects.filter(pk=story.pk, consent__isnull=False)
    return stored.exclude(consent__in=PictureConsent.objects.valid_on(day)).exists()


def hold_consents(story: models.Model) -> None:
    """Nobody withdraws while the story is being published; the transaction is the caller's."""
    stored = type(story).objects.filter(pk=story.pk).values("consent")
    wanted = models.Q(pk=story.consent_id) | models.Q(pk__in=stored)
    held = PictureConsent.objects.select_for_update().filter(wanted)
    list(held.order_by("pk").values_list("pk", flat=True))
