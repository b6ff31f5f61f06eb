"""The pages of fairs: one for all of them, and one for each fair in each language."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from catalog.assistance.published import Total, read_total
from cms.blocks.articles import ArticlePage
from cms.blocks.language import page_address
from cms.blocks.pages import SectionsPage
from cms.blocks.reading import Found, Needs
from cms.blocks.structured import event
from cms.expos.blocks import fair_page_sections
from cms.expos.exhibitor_list import exhibitor_list
from cms.expos.querysets import FairPageQuerySet
from cms.expos.sheet import FairSheet
from cms.images.models import PageImage
from marketplace.fairs.models import Fair
from marketplace.fairs.phases import Phase, first_opening, last_closing
from marketplace.pictures import Picture
from marketplace.shop.caching import public_page
from marketplace.shop.kept_pages import remembered


class FairIndexPage(ArticlePage):
    """Every fair: the one that is on, those that come, those that were."""

    scripts = ("js/countdown.js",)
    template = "expos/index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["expos.FairPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("All fairs")
        verbose_name_plural = _("All fairs")

    @cached_property
    def fairs(self) -> list["FairPage"]:
        pages = FairPage.objects.child_of(self).for_cards()
        return list(pages.order_by("-fair__begins_on", "pk"))

    def needs(self) -> Needs:
        needs = super().needs()
        needs.images.update(page.image_id for page in self.fairs)
        return needs

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        pictures, now = context["found"].pictures, timezone.now()
        rows = [
            {
                "page": page,
                "url": page_address(page),
                "picture": pictures.get(page.image_id),
                "sheet": FairSheet(page.fair, now=now),
            }
            for page in self.fairs
        ]
        over = [row for row in rows if row["sheet"].phase == Phase.OVER]
        ahead = [row for row in rows if row not in over]
        return {**context, "ahead": ahead[::-1], "over": over}


class FairPage(RoutablePageMixin, SectionsPage):
    """A fair in one language. What is said of it in numbers, names and hours is read from its rows,
    so that the page follows the fair by itself."""

    fair = models.ForeignKey(Fair, models.PROTECT, verbose_name=_("Fair"), related_name="pages")
    kicker = models.CharField(_("Kicker"), max_length=60, blank=True)
    headline = models.TextField(
        _("Headline"),
        max_length=80,
        blank=True,
        help_text=_("Two short lines at most; the title of the page when empty."),
    )
    introduction = models.CharField(_("Introduction"), max_length=300, blank=True)
    image = models.ForeignKey(
        PageImage,
        models.SET_NULL,
        verbose_name=_("Picture"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Wide, with sky on the left where the headline stands."),
    )
    phone_image = models.ForeignKey(
        PageImage,
        models.SET_NULL,
        verbose_name=_("Picture on phones, upright"),
        null=True,
        blank=True,
        related_name="+",
    )
    thanks = models.TextField(
        _("Thanks"), max_length=400, blank=True, help_text=_("Shown once the fair is over.")
    )
    body = StreamField(fair_page_sections(), verbose_name=_("Sections"), blank=True)

    objects = PageManager.from_queryset(FairPageQuerySet)()

    scripts = ("js/countdown.js",)
    template = "expos/fair_page.html"
    parent_page_types = ["expos.FairIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("fair"),
        MultiFieldPanel(
            [
                FieldPanel("kicker"),
                FieldPanel("headline"),
                FieldPanel("introduction"),
                FieldPanel("image"),
                FieldPanel("phone_image"),
                FieldPanel("thanks"),
            ],
            heading=_("Head of the page"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("Fair page")
        verbose_name_plural = _("Fair pages")

    @cached_property
    def sheet(self) -> FairSheet:
        fair = Fair.objects.select_related("region").get(pk=self.fair_id)
        return FairSheet(fair, now=timezone.now())

    @cached_property
    def paid(self) -> Total | None:
        """Of the whole market: households of several exhibitors may be the same, so that theirs
        cannot be added up."""
        total = remembered("paid in all", read_total)
        return total if total and total.figure.households else None

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return public_page(super().serve)(request, *args, **kwargs)

    def needs(self) -> Needs:
        needs = super().needs()
        needs.images |= {self.image_id, self.phone_image_id}
        return needs

    def picture_of(self, found: Found) -> Picture | None:
        return found.pictures.get(self.image_id)

    def lines(self) -> str:
        return self.search_description or self.introduction

    def nodes(self, found: Found) -> list[dict]:
        fair = self.sheet.fair
        fair_event = event(
            name=self.title,
            description=self.lines(),
            path=page_address(self),
            picture=self.picture_of(found),
            begins_at=timezone.localtime(first_opening(fair)),
            ends_at=timezone.localtime(last_closing(fair)),
            venue=fair.venue_text,
            address=f"{fair.region.name_text} {fair.address_text}",
            organisers=self.sheet.hosts,
        )
        return [fair_event]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "sheet": self.sheet,
            "phone_picture": context["found"].pictures.get(self.phone_image_id),
            "exhibitors_url": f"{page_address(self)}exhibitors/",
        }

    @path("exhibitors/", name="exhibitors")
    def exhibitors(self, request: HttpRequest) -> HttpResponse:
        """Everybody who shows, each with the goods; filtered by county and zone."""
        context = exhibitor_list(self.sheet, request.GET)
        page = self.get_context(request)
        here = (gettext("Exhibitors"), page["exhibitors_url"])
        context["breadcrumbs"] = [*page["breadcrumbs"], here]
        return TemplateResponse(request, "expos/exhibitors_page.html", {**page, **context})
