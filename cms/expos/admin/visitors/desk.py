"""What the organiser's screens about visitors share: their names, and the way between them."""

from django.utils.translation import gettext as _

from cms.expos.admin.exhibitors.screens import FairScreen

# Screens of one fair: the name of the address and what it is called.
SCREENS = ("live", "visitors", "sessions", "doors")


def screen_label(name: str) -> str:
    return {
        "live": _("Live counts"),
        "visitors": _("Visitors"),
        "sessions": _("Seats"),
        "doors": _("Doors"),
    }[name]


class VisitorScreen(FairScreen):
    """One of the screens about a fair's visitors; `screen` is its name."""

    screen = ""
    namespace = "fair_visitors"
    header_icon = "group"

    def get_page_title(self) -> str:
        return screen_label(self.screen)

    def get_context_data(self, **kwargs: object) -> dict:
        screens = [
            {"label": screen_label(name), "url": self.address(name), "is_here": name == self.screen}
            for name in SCREENS
        ]
        return {**super().get_context_data(**kwargs), "screens": screens}
