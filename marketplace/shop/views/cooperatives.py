"""Who grows it: the list by county, and each producer."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.assistance.models import Recognition
from catalog.assistance.published import read_cooperative
from catalog.models import Product
from catalog.papers.models import Paper
from catalog.producers.models import Cooperative
from marketplace.shop.caching import public_page
from marketplace.shop.seo import breadcrumb_list, to_script
from marketplace.shop.sharing import Share
from marketplace.shop.trail import cooperative_trail, cooperatives_trail
from marketplace.shop.vocabulary import COOPERATIVE
from marketplace.shop.words import paragraphs

SHOWN_GOODS = 12


@require_safe
@public_page
def list_cooperatives(request: HttpRequest) -> HttpResponse:
    breadcrumbs = cooperatives_trail()
    rows = groupby(Cooperative.objects.for_cards(), key=lambda cooperative: cooperative.county)
    heading = _("Who grows it")
    lead = _("The producers by county, where they are and how households take part.")
    context = {
        "heading": heading,
        "lead": lead,
        "share": Share(heading, lead),
        "groups": [{"county": county, "cooperatives": list(group)} for county, group in rows],
        "breadcrumbs": breadcrumbs,
        "json_ld": to_script([breadcrumb_list(breadcrumbs)]),
    }
    return render(request, "shop/cooperatives.html", context)


@require_safe
@public_page
def show_cooperative(request: HttpRequest, slug: str) -> HttpResponse:
    cooperative = get_object_or_404(Cooperative.objects.for_cards(), slug=slug)
    day = timezone.localdate()
    goods = Product.objects.for_sale(day).filter(cooperative=cooperative)
    recognitions = list(Recognition.objects.of_producer(cooperative, day))
    breadcrumbs = cooperative_trail(cooperative)
    context = {
        "cooperative": cooperative,
        "share": Share(cooperative.name_text, cooperative.summary_text, cooperative.picture),
        "story_paragraphs": paragraphs(cooperative.story),
        "products": goods.in_default_order(day).for_cards()[:SHOWN_GOODS],
        "all_url": f"{reverse('shop:list')}?{urlencode({COOPERATIVE: cooperative.slug})}",
        "figures": read_cooperative(cooperative.pk),
        "recognitions": recognitions,
        "badges": badges_of(recognitions),
        "papers": Paper.objects.valid_on(day).filter(cooperativepaper__cooperative=cooperative),
        "breadcrumbs": breadcrumbs,
        "json_ld": to_script([breadcrumb_list(breadcrumbs)]),
    }
    return render(request, "shop/cooperative.html", context)


def badges_of(recognitions: Iterable[Recognition]) -> list[str]:
    """Of the producer as a whole, each once; those of a good stand with the good."""
    whole = [one.scheme.label_text for one in recognitions if one.product_id is None]
    return list(dict.fromkeys(whole))
