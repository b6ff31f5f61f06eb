"""Consents of people in pictures and stories, as editors and approvers keep them."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.forms import FileInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.images.forms import ConsentForm
from cms.images.models import PageImage, PictureConsent
from cms.stories.models import StoryPage
from marketplace.dashboard.papers.files import hand_out

VIEW = "images.view_pictureconsent"


class UsesPanel(HelpPanel):
    """The sheet, and the stories and pictures that rest on the consent."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: dict | None = None) -> dict:
            context = super().get_context_data(parent_context)
            return {**context, **uses_of(self.instance)}

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None


def uses_of(consent: PictureConsent) -> dict:
    """What leaves the site when the consent is withdrawn."""
    stories = StoryPage.objects.resting_on([consent]).select_related("locale").order_by("path")
    return {"consent": consent, "stories": list(stories), "pictures": pictures_of(consent)}


def pictures_of(consent: PictureConsent) -> list[dict]:
    """Each picture with the titles of what uses it, in a fixed number of queries."""
    images = list(PageImage.objects.filter(consent=consent).order_by("title"))
    uses: dict[str, set[str]] = {}
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(PageImage),
        to_object_id__in=[str(image.pk) for image in images],
    )
    for source, found in references.group_by_source_object():
        for reference in found:
            uses.setdefault(reference.to_object_id, set()).add(str(source))
    return [{"image": image, "uses": sorted(uses.get(str(image.pk), ()))} for image in images]


class ConsentViewSet(SnippetViewSet):
    model = PictureConsent
    icon = "user"
    menu_label = _("Consents of persons")
    add_to_admin_menu = True
    ordering = "-given_on"
    search_fields = ["person", "scope"]
    list_display = [
        "person",
        "scope",
        Column("given_on", label=_("Given on")),
        Column("until", label=_("Until")),
        Column("withdrawn_on", label=_("Withdrawn on")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("person"),
            MultiFieldPanel(
                [FieldPanel("covers_pictures"), FieldPanel("covers_words"), FieldPanel("scope")],
                heading=_("What it allows"),
            ),
            MultiFieldPanel([FieldPanel("given_on"), FieldPanel("until")], heading=_("Days")),
            FieldPanel("file", widget=FileInput),
            UsesPanel(template="cms/admin/consent_uses.html", heading=_("What rests on it")),
        ],
        base_form_class=ConsentForm,
    )


def show_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed sheet. Another editor's right to pictures does not open it."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    return hand_out(get_object_or_404(PictureConsent, pk=pk).file)
