"""The base of every page of running text: plain pages, stories, brands, counties, lists of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks.pages import SectionsPage
from cms.blocks.reading import Found, Needs
from cms.blocks.sections import article_sections
from cms.images.models import PageImage
from marketplace.pictures import Picture


def article_panels(*own: Panel) -> list[Panel]:
    """What an editor fills in, from the top of the page down; `own` stands before the text."""
    return [
        FieldPanel("kicker"),
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("image"),
        *own,
        FieldPanel("body"),
    ]


class ArticlePage(SectionsPage):
    """A headline with a line above and some lines below it, a picture, and sections."""

    kicker = models.CharField(_("Kicker"), max_length=40, blank=True)
    introduction = models.CharField(_("Introduction"), max_length=300, blank=True)
    image = models.ForeignKey(
        PageImage,
        models.SET_NULL,
        verbose_name=_("Picture"),
        null=True,
        blank=True,
        related_name="+",
    )
    body = StreamField(article_sections(), verbose_name=_("Text"), blank=True)

    content_panels = article_panels()
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True

    def needs(self) -> Needs:
        needs = super().needs()
        needs.images.add(self.image_id)
        return needs

    def picture_of(self, found: Found) -> Picture | None:
        return found.pictures.get(self.image_id)

    def lines(self) -> str:
        return self.search_description or self.introduction
