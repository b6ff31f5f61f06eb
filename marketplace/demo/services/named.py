"""A story that names somebody, by leave of the person."""

from datetime import date

from django.db import transaction

from cms.images.models import PictureConsent
from cms.stories.models import StoryPage
from marketplace.demo import reading
from marketplace.demo.days import after
from marketplace.demo.services.slips import draw_slip


@transaction.atomic
def load_named_story(*, day: date) -> None:
    """Once, in every language: what an editor makes of it afterwards stays, a withdrawal too."""
    if PictureConsent.objects.exists():
        return
    texts = reading.read("assistance")["named"]
    consent = PictureConsent(
        person=texts["person"],
        scope=texts["scope"],
        covers_words=True,
        covers_pictures=False,
        given_on=after(day, texts["given"]),
    )
    consent.file.save("consent.jpg", draw_slip(), save=True)
    for story in StoryPage.objects.filter(slug=texts["story"]):
        story.names_person, story.consent = True, consent
        story.save_revision().publish()
