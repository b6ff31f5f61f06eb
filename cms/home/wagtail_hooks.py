"""What editors find in the admin beside pages and images."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from marketplace.search.models import SynonymGroup


class SynonymGroupViewSet(SnippetViewSet):
    """Words that find the same goods; the search follows at once."""

    model = SynonymGroup
    icon = "search"
    menu_label = _("Synonyms")
    add_to_admin_menu = True
    ordering = "words"


register_snippet(SynonymGroupViewSet)
