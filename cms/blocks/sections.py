"""The sections that every page of running text may have, under the names they are stored by."""

from cms.blocks.assistance import AssistanceBlock
from cms.blocks.countdown import CountdownBlock
from cms.blocks.figures import FiguresBlock
from cms.blocks.gallery import GalleryBlock
from cms.blocks.place import PlaceBlock
from cms.blocks.producers import ProducerBlock, ProducerCardsBlock, ProducersBlock
from cms.blocks.promises import PromisesBlock
from cms.blocks.questions import QuestionsBlock
from cms.blocks.quote import QuoteBlock
from cms.blocks.section import SectionBlock
from cms.blocks.shelf import ShelfBlock
from cms.blocks.sign_up import SignUpBlock
from cms.blocks.story import StoryBlock
from cms.blocks.text import PictureBlock, TextBlock
from cms.blocks.timetable import TimetableBlock
from cms.blocks.video import VideoBlock


def article_sections() -> list[tuple[str, SectionBlock]]:
    return [
        ("text", TextBlock()),
        ("picture", PictureBlock()),
        ("gallery", GalleryBlock()),
        ("quote", QuoteBlock()),
        ("figures", FiguresBlock()),
        ("assistance", AssistanceBlock()),
        ("questions", QuestionsBlock()),
        ("video", VideoBlock()),
        ("shelf", ShelfBlock()),
        ("story", StoryBlock()),
        ("producer", ProducerBlock()),
        ("producers", ProducersBlock()),
        ("producer_cards", ProducerCardsBlock()),
        ("promises", PromisesBlock()),
        ("countdown", CountdownBlock()),
        ("timetable", TimetableBlock()),
        ("place", PlaceBlock()),
        ("sign_up", SignUpBlock()),
    ]
