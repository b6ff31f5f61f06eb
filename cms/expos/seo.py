"""What search engines read of a fair."""

from datetime import datetime

from django.utils import timezone

from cms.expos.sheet import FairSheet
from marketplace.fairs.models import FairOrganisation
from marketplace.fairs.phases import first_opening, last_closing
from marketplace.pictures import Picture
from marketplace.shop.seo import absolute


def event_data(sheet: FairSheet, *, name: str, url: str, picture: Picture | None) -> dict:
    """The fair as an event of schema.org: free, at one place, held by its hosts."""
    fair = sheet.fair
    data = {
        "@type": "Event",
        "@id": absolute(url),
        "url": absolute(url),
        "name": name,
        "startDate": moment(first_opening(fair)),
        "endDate": moment(last_closing(fair)),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": {
            "@type": "Place",
            "name": fair.venue_text,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": fair.address_text,
                "addressLocality": fair.region.name_text,
                "addressRegion": "北京市",
                "addressCountry": "CN",
            },
        },
        "organizer": [
            {"@type": "Organization", "name": host}
            for part in sheet.parts
            if part.key == FairOrganisation.Role.HOST
            for host in part.names
        ],
    }
    return {**data, "image": [absolute(picture.src)]} if picture else data


def moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat()
