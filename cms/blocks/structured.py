"""What search engines read of pages of the site, as schema.org names it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.templatetags.static import static
from django.utils.translation import gettext as _

from marketplace.pictures import Picture
from marketplace.shop.seo import absolute
from marketplace.shop.trail import home_path

MARKET = "/#organization"


def market() -> dict:
    """Who holds the site; other nodes point to it by its @id."""
    return {
        "@type": "Organization",
        "@id": absolute(MARKET),
        "name": _("Yinshan Market"),
        "url": absolute(home_path()),
        "logo": absolute(static("img/logo.svg")),
    }


def image_of(picture: Picture | None) -> dict[str, str]:
    return {"image": absolute(picture.src)} if picture else {}


def article(
    *,
    headline: str,
    description: str,
    path: str,
    language: str,
    picture: Picture | None,
    author: str,
    published_on: date,
    modified_at: datetime | None,
) -> dict:
    """Without an author the market itself tells it."""
    publisher = {"@id": absolute(MARKET)}
    node = {
        "@type": "Article",
        "@id": absolute(f"{path}#article"),
        "headline": headline,
        "description": description,
        "mainEntityOfPage": absolute(path),
        "inLanguage": language,
        "datePublished": published_on.isoformat(),
        "author": {"@type": "Person", "name": author} if author else publisher,
        "publisher": publisher,
        **image_of(picture),
    }
    if modified_at:
        node["dateModified"] = modified_at.isoformat()
    return node


def event(
    *,
    name: str,
    description: str,
    path: str,
    picture: Picture | None,
    begins_at: datetime,
    ends_at: datetime,
    venue: str,
    address: str,
    organisers: Sequence[str],
) -> dict:
    """A fair that one goes to, free of charge."""
    return {
        "@type": "Event",
        "@id": absolute(f"{path}#event"),
        "name": name,
        "description": description,
        "url": absolute(path),
        "startDate": begins_at.isoformat(),
        "endDate": ends_at.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": {
            "@type": "Place",
            "name": venue,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": address,
                "addressCountry": "CN",
            },
        },
        "organizer": [{"@type": "Organization", "name": name} for name in organisers],
        **image_of(picture),
    }
