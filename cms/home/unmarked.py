"""Words of Wagtail's admin that it forgot to mark for translation.

A test tells when Wagtail has changed one of these places.
"""

from django import forms
from django.template import Origin
from django.template.loaders import app_directories
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import DefaultPageForm

# By template: what stands there, and what ought to.
SEARCH = ('value="Search"', """value="{% trans 'Search' %}\"""")
PHRASES = {
    "wagtailadmin/home.html": [SEARCH],
    "wagtailadmin/shared/header.html": [SEARCH],
    "wagtailadmin/shared/headers/_actions.html": [
        ('aria-label="Actions"', """{% load i18n %}aria-label="{% trans 'Actions' %}\""""),
    ],
    # Our users have no user name.
    "wagtailadmin/reports/aging_pages_results.html": [
        ("page.last_published_by_user", "page.last_published_by_user|default_if_none:'—'"),
    ],
    "wagtailimages/chooser/results.html": [
        ('title="Select {%', """title="{% trans 'Select' %} {%"""),
    ],
}
LABELS: list[tuple[type[forms.Form], dict]] = [
    (choosers.ExternalLinkChooserForm, {"link_text": _("Words of the link")}),
    (
        choosers.EmailLinkChooserForm,
        {
            "email_address": _("E-mail address"),
            "link_text": _("Words of the link"),
            "subject": _("Subject"),
            "body": _("Body of the mail"),
        },
    ),
    (
        choosers.PhoneLinkChooserForm,
        {"phone_number": _("Phone number"), "link_text": _("Words of the link")},
    ),
    (choosers.AnchorLinkChooserForm, {"link_text": _("Words of the link")}),
    (DefaultPageForm, {"include_descendants": _("With the pages below")}),
]


class Loader(app_directories.Loader):
    """Templates of the installed apps; in Wagtail's, the phrases above are translated."""

    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        for phrase, marked in PHRASES.get(origin.template_name, ()):
            contents = contents.replace(phrase, marked)
        return contents


def label_fields() -> None:
    for form, labels in LABELS:
        for name, label in labels.items():
            if name in form.base_fields:
                form.base_fields[name].label = label
