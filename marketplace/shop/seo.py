"""What search engines read: absolute addresses and schema.org data."""

import json
from collections.abc import Iterable, Sequence

from django.conf import settings

from marketplace.shop.delivery import DeliveryOffer
from marketplace.shop.packs import PackOffer
from marketplace.shop.product_page import ProductPage

Breadcrumbs = Sequence[tuple[str, str]]
# As Django's json_script does it: no way out of a script element.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
_AVAILABILITY = {
    "open": "InStock",
    "not_yet": "PreOrder",
    "season_over": "OutOfStock",
    "sold_out": "OutOfStock",
    "paused": "Discontinued",
}


def absolute(path: str) -> str:
    """Addresses that already name a host, as those of an object storage, stay as they are."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path


def to_script(nodes: Iterable[dict]) -> str:
    """JSON-LD that can stand in a script element as it is."""
    graph = {"@context": "https://schema.org", "@graph": list(nodes)}
    return json.dumps(graph, ensure_ascii=False).translate(_ESCAPES)


def breadcrumb_list(breadcrumbs: Breadcrumbs) -> dict:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": label, "item": absolute(path)}
            for position, (label, path) in enumerate(breadcrumbs, start=1)
        ],
    }


def product_data(page: ProductPage) -> dict:
    """Product with one offer a pack; prices in yuan."""
    product = page.product
    return {
        "@type": "Product",
        "@id": absolute(product.get_absolute_url()),
        "url": absolute(product.get_absolute_url()),
        "name": product.name,
        "description": product.summary_text,
        "image": [absolute(picture.src) for picture in product.pictures],
        "brand": {"@type": "Organization", "name": product.cooperative.name_text},
        "countryOfOrigin": "CN",
        "offers": [_offer(page, pack) for pack in page.packs],
    }


def _offer(page: ProductPage, pack: PackOffer) -> dict:
    product = page.product
    return {
        "@type": "Offer",
        "name": f"{product.name} {pack.name}",
        "sku": str(pack.pk),
        "url": absolute(f"{product.get_absolute_url()}?pack={pack.pk}"),
        "price": str(pack.price),
        "priceCurrency": "CNY",
        "availability": f"https://schema.org/{_availability(pack, page.state)}",
        "itemCondition": "https://schema.org/NewCondition",
        "eligibleQuantity": {"@type": "QuantitativeValue", "minValue": pack.minimum_quantity},
        "seller": {"@type": "Organization", "name": product.cooperative.name_text},
        **_shipping(page.deliveries[pack.pk]),
    }


def _shipping(delivery: DeliveryOffer) -> dict:
    """The fee to the default district; nothing when the good is not sent there."""
    if delivery.refusal:
        return {}
    rate = {"@type": "MonetaryAmount", "value": str(delivery.fee), "currency": "CNY"}
    region = {"@type": "DefinedRegion", "addressCountry": "CN", "addressRegion": delivery.place}
    return {
        "shippingDetails": {
            "@type": "OfferShippingDetails",
            "shippingRate": rate,
            "shippingDestination": region,
        }
    }


def _availability(pack: PackOffer, state: str) -> str:
    return "OutOfStock" if state == "open" and not pack.free else _AVAILABILITY[state]
