"""What editors find in the admin beside pages and images."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.home import deleting, moving, publishing
from cms.home.consents import ConsentViewSet, show_sheet
from cms.home.unpublishing import OurPageViewSet, UnpublishPages
from cms.home.withdrawing import WithdrawView
from marketplace.search.models import SynonymGroup


class SynonymGroupViewSet(SnippetViewSet):
    """Words that find the same goods; the search follows at once."""

    model = SynonymGroup
    icon = "search"
    menu_label = _("Synonyms")
    add_to_admin_menu = True
    ordering = "words"


register_snippet(SynonymGroupViewSet)
register_snippet(ConsentViewSet)


@hooks.register("register_admin_urls")
def register_consent_screens() -> list[URLPattern]:
    withdraw = WithdrawView.as_view()
    return [
        path("consents/<int:pk>/sheet/", show_sheet, name="consent_sheet"),
        path("consents/<int:pk>/withdraw/", withdraw, name="consent_withdraw"),
    ]


hooks.register("before_bulk_action", publishing.refuse_bulk)
hooks.register("before_delete_page", deleting.refuse_delete)
hooks.register("before_bulk_action", deleting.refuse_bulk_delete)
hooks.register("before_move_page", moving.refuse_move)
hooks.register("register_admin_viewset", OurPageViewSet)
hooks.register("register_bulk_action", UnpublishPages, order=1)
