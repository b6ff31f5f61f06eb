"""The pages that are measured; each by several addresses, so that no single row is lucky.

Ours keeps public pages for the next visitor. An address with a parameter that means nothing is
not kept, so it tells what making the page costs.
"""

from itertools import islice

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from catalog.models import Category, Product
from cms.blocks.language import page_address
from cms.expos.models import FairPage
from cms.stories.models import StoryPage

WORDS = ("燕麦", "羊肉", "yanmai", "tudou", "藜麦米")
BEGINNINGS = ("yan", "羊", "tud", "莜")


def anew(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}anew=1"


def pages() -> dict[str, list[str]]:
    """Addresses by the name of the page, on the goods that are there now; none is kept."""
    goods = Product.objects.for_sale(timezone.localdate()).order_by("-pk")
    shop, search, suggest = (reverse(f"shop:{name}") for name in ("list", "search", "suggest"))
    found = {
        "home": ["/"],
        "fair": [page_address(page) for page in FairPage.objects.live().select_related("locale")],
        "story": [page_address(page) for page in StoryPage.objects.live().select_related("locale")],
        "list": [shop, f"{shop}?page=2"],
        "category": [each.get_absolute_url() for each in Category.get_root_nodes()],
        "product": [each.get_absolute_url() for each in islice(goods.iterator(), 20)],
        "search": [f"{search}?{urlencode({'q': word})}" for word in WORDS],
        "suggestion": [f"{suggest}?{urlencode({'q': word})}" for word in BEGINNINGS],
    }
    return {name: [anew(path) for path in paths] for name, paths in found.items()}
