"""Pages of the brands, one for each specialty, and of the counties that goods come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from catalog.models import Category
from catalog.origins.models import Region
from cms.blocks.articles import ArticlePage, article_panels
from cms.blocks.choosers import county_chooser
from cms.blocks.sections import article_sections
from cms.stories.blocks import StoriesBlock
from marketplace.pictures import Colour


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


class BrandPage(ArticlePage):
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
    body = sections_with_stories()

    template = "cms/brands/brand.html"
    parent_page_types = ["brands.BrandIndexPage"]
    subpage_types: list[str] = []
    content_panels = article_panels(
        FieldRowPanel([FieldPanel("colour"), FieldPanel("specialty")]),
    )

    class Meta:
        verbose_name = _("Brand")
        verbose_name_plural = _("Brands")


class CountyPage(ArticlePage):
    """A county that goods come from: its land, its people, what grows there."""

    county = models.ForeignKey(Region, models.PROTECT, verbose_name=_("County"), related_name="+")
    body = sections_with_stories()

    template = "cms/brands/county.html"
    parent_page_types = ["brands.BrandIndexPage"]
    subpage_types: list[str] = []
    content_panels = article_panels(
        FieldPanel("county", widget=county_chooser.widget_class),
    )

    class Meta:
        verbose_name = _("Page of a county")
        verbose_name_plural = _("Pages of counties")
