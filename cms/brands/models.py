"""Pages of the brands, one for each specialty, and of the counties that goods come from."""

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from catalog.models import Category
from catalog.origins.models import Region
from cms.blocks.articles import ArticlePage, article_panels
from cms.blocks.cards import page_cards
from cms.blocks.choosers import county_chooser
from cms.blocks.reading import Needs
from cms.blocks.sections import article_sections
from cms.stories.blocks import StoriesBlock
from cms.stories.querysets import StoryRule
from cms.stories.reading import read_stories
from marketplace.pictures import Colour

MOST_STORIES = 3


def sections_with_stories() -> StreamField:
    sections = [*article_sections(), ("stories", StoriesBlock())]
    return StreamField(sections, verbose_name=_("Text"), blank=True)


class BrandIndexPage(ArticlePage):
    """The brands, then the counties; there is one for each language."""

    template = "cms/brands/index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["brands.BrandPage", "brands.CountyPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("List of brands and counties")
        verbose_name_plural = _("Lists of brands and counties")

    @cached_property
    def brands(self) -> list["BrandPage"]:
        """In the order of the page tree, which editors change by dragging."""
        pages = BrandPage.objects.child_of(self).live().order_by("path").defer("body")
        return list(pages.select_related("locale"))

    @cached_property
    def counties(self) -> list["CountyPage"]:
        pages = CountyPage.objects.child_of(self).live().order_by("path").defer("body")
        return list(pages.select_related("locale", "county"))

    def needs(self) -> Needs:
        needs = super().needs()
        needs.images.update(page.image_id for page in (*self.brands, *self.counties))
        return needs

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        found = context["found"]
        brands, counties = page_cards(self.brands, found), page_cards(self.counties, found)
        return {**context, "brands": brands, "counties": counties}


class PlacePage(ArticlePage):
    """A page that ends with the latest stories about what it shows, unless an editor has put a
    row of stories on it."""

    class Meta:
        abstract = True

    body = sections_with_stories()

    def story_rule(self) -> StoryRule:
        raise NotImplementedError

    def needs(self) -> Needs:
        needs = super().needs()
        needs.ask(read_stories, self.story_rule())
        return needs

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        found = context["found"]
        stories = self.story_rule().pick(found.of(read_stories).rows)
        if "stories" in {child.block_type for child in self.body}:
            stories = []
        return {**context, "cards": page_cards(stories, found)}


class BrandPage(PlacePage):
    """A brand in its colour, and the specialty that it stands for."""

    colour = models.CharField(
        _("Colour"), max_length=10, choices=Colour.choices, default=Colour.NEAR
    )
    specialty = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name=_("Specialty"),
        null=True,
        blank=True,
        related_name="+",
    )

    template = "cms/brands/brand.html"
    parent_page_types = ["brands.BrandIndexPage"]
    subpage_types: list[str] = []
    content_panels = article_panels(
        FieldRowPanel([FieldPanel("colour"), FieldPanel("specialty")]),
    )

    class Meta:
        verbose_name = _("Brand")
        verbose_name_plural = _("Brands")

    def story_rule(self) -> StoryRule:
        return StoryRule(MOST_STORIES, self.locale_id, specialty=self.specialty_id)


class CountyPage(PlacePage):
    """A county that goods come from: its land, its people, what grows there."""

    county = models.ForeignKey(Region, models.PROTECT, verbose_name=_("County"), related_name="+")

    template = "cms/brands/county.html"
    parent_page_types = ["brands.BrandIndexPage"]
    subpage_types: list[str] = []
    content_panels = article_panels(
        FieldPanel("county", widget=county_chooser.widget_class),
    )

    class Meta:
        verbose_name = _("Page of a county")
        verbose_name_plural = _("Pages of counties")

    def story_rule(self) -> StoryRule:
        return StoryRule(MOST_STORIES, self.locale_id, county=self.county_id)
