"""The home page, plain pages, and what stands around every page."""

from dataclasses import replace

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks.articles import ArticlePage
from cms.blocks.cards import page_cards
from cms.blocks.chrome import ChromeLinkBlock, FooterColumnBlock, NavigationBlock
from cms.blocks.forms import GuardedForm
from cms.blocks.lead import LeadBlock
from cms.blocks.pages import SectionsPage
from cms.blocks.reading import Found, Needs
from cms.blocks.sections import article_sections
from cms.blocks.specialties import SpecialtiesBlock
from cms.blocks.structured import market
from cms.expos.teaser import FairTeaserBlock
from cms.stories.blocks import StoriesBlock
from marketplace.pictures import Picture
from marketplace.shop.sharing import Share


class HomePage(SectionsPage):
    """The root of every page in its language; there is one for each, made by a migration."""

    body = StreamField(
        [
            ("lead", LeadBlock()),
            ("specialties", SpecialtiesBlock()),
            *article_sections(),
            ("stories", StoriesBlock()),
            ("fair", FairTeaserBlock()),
        ],
        verbose_name=_("Sections"),
        blank=True,
    )

    template = "cms/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = len(settings.LANGUAGES)
    subpage_types = [
        "home.StandardPage",
        "expos.FairIndexPage",
        "brands.BrandIndexPage",
        "stories.StoryIndexPage",
    ]
    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("Home page")
        verbose_name_plural = _("Home pages")

    def picture_of(self, found: Found) -> Picture | None:
        """The landscape at its head."""
        heads = [child.value["image"] for child in self.body if child.block_type == "lead"]
        return found.pictures.get(heads[0]) if heads else None

    def nodes(self, found: Found) -> list[dict]:
        return [market()]

    def share(self, found: Found) -> Share:
        """By the name of the market: the title of the page is "Home"."""
        title = self.seo_title or gettext("Yinshan Market")
        return replace(super().share(found), title=title)


class StandardPage(ArticlePage):
    """Rules and help: running text, with pictures and live goods where they fit."""

    template = "cms/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("Plain page")
        verbose_name_plural = _("Plain pages")

    @cached_property
    def below(self) -> list["StandardPage"]:
        pages = StandardPage.objects.child_of(self).live().select_related("locale")
        return list(pages) if self.numchild else []

    def needs(self) -> Needs:
        needs = super().needs()
        needs.images.update(page.image_id for page in self.below)
        return needs

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "pages_below": page_cards(self.below, context["found"])}


@register_setting(icon="sliders", order=100)
class SiteChrome(BaseGenericSetting):
    """What stands around every page: navigation, footer, and what the law wants shown there."""

    tagline = models.CharField(_("Line above the header"), max_length=60, blank=True)
    tagline_en = models.CharField(_("The same line in English"), max_length=120, blank=True)
    navigation = StreamField(
        [("link", NavigationBlock())], verbose_name=_("Navigation"), blank=True
    )
    blurb = models.TextField(_("About the shop, in the footer"), blank=True)
    blurb_en = models.TextField(_("About the shop, in English"), blank=True)
    footer = StreamField(
        [("column", FooterColumnBlock())], verbose_name=_("Footer columns"), blank=True
    )
    legal = StreamField(
        [("link", ChromeLinkBlock())],
        verbose_name=_("Legal line"),
        help_text=_("Business licence, food licence, complaints."),
        blank=True,
    )
    icp_number = models.CharField(_("ICP number"), max_length=60, blank=True)
    police_number = models.CharField(_("Public security filing number"), max_length=60, blank=True)

    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("tagline"), FieldPanel("tagline_en"), FieldPanel("navigation")],
                heading=_("Header"),
            ),
            MultiFieldPanel(
                [FieldPanel("blurb"), FieldPanel("blurb_en"), FieldPanel("footer")],
                heading=_("Footer"),
            ),
            MultiFieldPanel(
                [FieldPanel("legal"), FieldPanel("icp_number"), FieldPanel("police_number")],
                heading=_("Shown by law"),
            ),
        ],
        base_form_class=GuardedForm,
    )

    class Meta:
        verbose_name = _("Navigation and footer")
        verbose_name_plural = _("Navigation and footer")
