"""The form of a story."""

from django.utils.translation import gettext as _

from cms.blocks.forms import SectionsPageForm
from cms.stories.consents import has_named_in_public, words_of_tie


class StoryForm(SectionsPageForm):
    """Whether somebody is named, and by whose leave, is asked of drafts too: the draft of a page
    that is not public is stored in the page's own row."""

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("names_person") and has_named_in_public(self.instance):
            self.add_error("names_person", words_of_tie())
        elif data.get("consent") and not data.get("names_person"):
            self.add_error("names_person", _("Tick this, or leave the consent empty."))
        elif data.get("names_person") and not data.get("consent"):
            self.add_error(
                "consent", _("A story that names somebody needs a consent: record it, choose it.")
            )
        return data
