"""What the card of a story shows: the page, its address and its picture."""

from collections.abc import Iterable
from dataclasses import dataclass

from cms.blocks.language import page_address
from cms.blocks.reading import Found
from cms.stories.models import StoryPage
from marketplace.pictures import Colour, Picture


@dataclass(frozen=True)
class StoryCard:
    page: StoryPage
    url: str
    picture: Picture | None

    @property
    def colour(self) -> str:
        """That of the specialty; a story about several goods is green."""
        return self.page.specialty.colour if self.page.specialty else Colour.NEAR


def story_cards(stories: Iterable[StoryPage], found: Found) -> list[StoryCard]:
    pictures = found.pictures
    return [
        StoryCard(story, page_address(story), pictures.get(story.image_id)) for story in stories
    ]
