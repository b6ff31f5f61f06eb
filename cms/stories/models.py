"""Stories from where the goods grow, and the page that lists them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from catalog.models import Category
from catalog.origins.models import Region
from cms.blocks.articles import ArticlePage, article_panels
from cms.blocks.choosers import county_chooser
from cms.stories.querysets import StoryManager


class StoryIndexPage(ArticlePage):
    """All stories, the latest first; there is one for each language."""

    template = "cms/stories/index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["stories.StoryPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("List of stories")
        verbose_name_plural = _("Lists of stories")


class StoryPage(ArticlePage):
    """A story; the county and the specialty that it is about let visitors find it."""

    told_on = models.DateField(_("Told on"), default=timezone.localdate)
    teller = models.CharField(
        _("Who tells it"),
        max_length=40,
        blank=True,
        help_text=_("The name of the author, as readers see it."),
    )
    county = models.ForeignKey(
        Region, models.PROTECT, verbose_name=_("County"), null=True, blank=True, related_name="+"
    )
    specialty = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name=_("Specialty"),
        null=True,
        blank=True,
        related_name="+",
    )

    objects = StoryManager()

    template = "cms/stories/story.html"
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types: list[str] = []
    content_panels = article_panels(
        FieldRowPanel([FieldPanel("told_on"), FieldPanel("teller")]),
        FieldRowPanel(
            [FieldPanel("county", widget=county_chooser.widget_class), FieldPanel("specialty")]
        ),
    )

    class Meta:
        verbose_name = _("Story")
        verbose_name_plural = _("Stories")
