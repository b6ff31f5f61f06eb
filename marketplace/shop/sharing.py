"""What other sites and messengers show of a link to us (Open Graph)."""

from dataclasses import dataclass

from django.utils.translation import get_language

from marketplace.pictures import Picture
from marketplace.shop.seo import absolute

LOCALES = {"zh-hans": "zh_CN", "en": "en_US"}


@dataclass(frozen=True)
class Share:
    """`kind` is a type of ogp.me. The picture is sent as WebP: who fetches it may not know AVIF."""

    title: str
    description: str = ""
    picture: Picture | None = None
    kind: str = "website"

    @property
    def image(self) -> str:
        return absolute(self.picture.src) if self.picture else ""

    @property
    def locale(self) -> str:
        return LOCALES[get_language()]

    @property
    def other_locales(self) -> list[str]:
        return [locale for locale in LOCALES.values() if locale != self.locale]
