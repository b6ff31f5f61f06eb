"""Stories from where the goods grow, and the page that lists them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from catalog.models import Category
from catalog.origins.models import Region
from cms.blocks.articles import ArticlePage, article_panels
from cms.blocks.cards import page_cards
from cms.blocks.choosers import county_chooser
from cms.blocks.language import page_address
from cms.blocks.reading import Found, Needs
from cms.blocks.structured import article, market
from cms.images.models import PictureConsent
from cms.stories.consents import faults_of_consent, hold_consents
from cms.stories.forms import StoryForm
from cms.stories.listing import read_listing
from cms.stories.querysets import StoryManager
from marketplace.pictures import Colour

RELATED = 3


class StoryIndexPage(ArticlePage):
    """All stories, the latest first; there is one for each language."""

    template = "cms/stories/index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["stories.StoryPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("List of stories")
        verbose_name_plural = _("Lists of stories")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        """The filters stand in the address, as in /stories/?county=150926&specialty=oat."""
        told = StoryPage.objects.child_of(self).live()
        self.listing = read_listing(told, request.GET, page_address(self))
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "listing": self.listing,
            "cards": page_cards(self.listing.stories, context["found"]),
            "canonical_path": self.listing.address,
            "noindex": self.listing.is_filtered,
        }

    def needs(self) -> Needs:
        needs = super().needs()
        needs.images.update(story.image_id for story in self.listing.stories)
        return needs


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

    names_person = models.BooleanField(
        _("Somebody is named or can be recognised"),
        default=False,
        help_text=_("A person or a household, by name or by what is told: a consent is needed."),
    )
    consent = models.ForeignKey(
        PictureConsent,
        models.PROTECT,
        verbose_name=_("Consent of the person"),
        null=True,
        blank=True,
        related_name="stories",
        help_text=_("When it ends or is withdrawn, the story leaves the site."),
    )

    objects = StoryManager()

    base_form_class = StoryForm
    share_kind = "article"
    template = "cms/stories/story.html"
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types: list[str] = []
    content_panels = article_panels(
        FieldRowPanel([FieldPanel("told_on"), FieldPanel("teller")]),
        FieldRowPanel(
            [FieldPanel("county", widget=county_chooser.widget_class), FieldPanel("specialty")]
        ),
        FieldRowPanel([FieldPanel("names_person"), FieldPanel("consent")]),
    )

    class Meta:
        verbose_name = _("Story")
        verbose_name_plural = _("Stories")
        constraints = [
            models.CheckConstraint(
                condition=Q(names_person=False, consent__isnull=True)
                | Q(names_person=True, consent__isnull=False),
                name="story_person_has_consent",
            ),
        ]

    @property
    def colour(self) -> str:
        """That of the specialty; a story about several goods is green."""
        return self.specialty.colour if self.specialty else Colour.NEAR

    @cached_property
    def related(self) -> list["StoryPage"]:
        return list(StoryPage.objects.related_to(self).for_cards()[:RELATED])

    def own_faults(self, day: date) -> dict[str, ValidationError]:
        return faults_of_consent(self, day)

    def hold(self) -> None:
        hold_consents(self)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Not from the minute on in which its consent ends, whoever takes it off later."""
        if self.consent_id and not self.consent.is_valid_on(timezone.localdate()):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def needs(self) -> Needs:
        needs = super().needs()
        needs.images.update(story.image_id for story in self.related)
        return needs

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        *_above, (_title, stories_url), _here = context["breadcrumbs"]
        cards = page_cards(self.related, context["found"])
        return {**context, "cards": cards, "stories_url": stories_url}

    def nodes(self, found: Found) -> list[dict]:
        node = article(
            headline=self.title,
            description=self.lines(),
            path=self.address(found),
            language=get_language(),
            picture=self.picture_of(found),
            author=self.teller,
            published_on=self.told_on,
            modified_at=self.last_published_at,
        )
        return [node, market()]
