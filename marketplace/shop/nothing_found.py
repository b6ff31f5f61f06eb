"""What to offer when a search finds nothing: its words one by one, and goods that come close."""

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from catalog.models import Product
from marketplace.search.querysets import nearest, single_words
from marketplace.search.words import Query
from marketplace.shop.vocabulary import SPECIALTY, Vocabulary


def help_with(search: Query, words: Vocabulary) -> dict[str, object]:
    """`suggestions`: links by those words that find something, else by specialty; `nearest`."""
    goods = Product.objects.for_sale(timezone.localdate())
    suggestions = [
        {"label": f"{hit.word} {hit.count}", "url": search_address(hit.word)}
        for hit in single_words(goods, search)
    ]
    specialties = [
        {"label": term.label, "url": reverse("shop:category", args=[slug, term.key])}
        for slug, term in words.get(SPECIALTY, {}).items()
    ]
    return {
        "suggestions": suggestions or specialties,
        "nearest": nearest(goods.for_cards(), search),
    }


def search_address(words: str) -> str:
    return f"{reverse('shop:search')}?{urlencode({'q': words})}"
