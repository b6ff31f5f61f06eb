"""What other sites and messengers show of a link to us (Open Graph)."""

from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.pictures import Picture
from marketplace.shop.seo import absolute

LOCALES = {"zh-hans": "zh_CN", "en": "en_US"}


@dataclass(frozen=True)
class Share:
    """`kind` is a type of ogp.me. The picture is sent as WebP: who fetches it may not know AVIF.
    What has no picture of its own is shared with the market's."""

    title: str
    description: str = ""
    picture: Picture | None = None
    kind: str = "website"

    @property
    def shown(self) -> Picture:
        return self.picture or market_picture()

    @property
    def image(self) -> str:
        return absolute(self.shown.src)

    @property
    def locale(self) -> str:
        return LOCALES[get_language()]

    @property
    def other_locales(self) -> list[str]:
        return [locale for locale in LOCALES.values() if locale != self.locale]


def market_picture() -> Picture:
    """A JPEG, which every messenger reads, in the size that all of them ask for."""
    alt = _("Fields and sheep before the Yinshan mountains, a truck on its way to Beijing")
    return Picture(src=static("img/share.jpg"), srcset="", width=1200, height=630, alt=alt)
