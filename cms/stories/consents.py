"""A story that names somebody rests on a consent that holds on the day on which it is public."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from cms.images.models import PictureConsent


def faults_of_consent(story: models.Model, day: date) -> dict[str, ValidationError]:
    """By field. `story` may be any of its versions; the stored ones, in every language, are looked
    at too, so that the name does not come back with a version from before the consent was recorded
    or with a translation that has none of its own."""
    if story.consent_id is not None:
        words = fault_of(story.consent, day)
        return {"consent": ValidationError(words)} if words else {}
    if has_named_in_public(story) or rests_on_ended_consent(story, day):
        return {"names_person": ValidationError(words_of_tie())}
    return {}


def words_of_tie() -> str:
    return _(
        "What this story tells rests on the consent of a person. Choose one that is valid, or write"
        " another story in which nobody is named."
    )


def fault_of(consent: PictureConsent, day: date) -> str:
    if not consent.is_valid_on(day):
        return _("This consent is not valid today: it has ended or was withdrawn.")
    return "" if consent.covers_words else _("This consent covers pictures only, no words.")


def has_named_in_public(story: models.Model) -> bool:
    """Then it stays tied to a consent: by that, whoever withdraws later finds the page."""
    told = type(story).objects.filter(pk=story.pk, first_published_at__isnull=False)
    return told.filter(consent__isnull=False).exists()


def rests_on_ended_consent(story: models.Model, day: date) -> bool:
    told = type(story).objects.filter(translation_key=story.translation_key)
    return told.without_consent(day).exists()


def hold_consents(story: models.Model) -> None:
    """Nobody withdraws while the story is being published; the transaction is the caller's."""
    told = type(story).objects.filter(translation_key=story.translation_key)
    stored = told.filter(consent__isnull=False).values("consent")
    wanted = models.Q(pk=story.consent_id) | models.Q(pk__in=stored)
    held = PictureConsent.objects.select_for_update().filter(wanted)
    list(held.order_by("pk").values_list("pk", flat=True))
