"""The demonstration world in its order; every step may be run again."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from catalog.assistance.reference import load_assistance
from catalog.compliance import recompute_sellable
from catalog.models import Product
from catalog.origins.services import load_regions
from catalog.services import load_regimes
from marketplace.demo import reading
from marketplace.demo.days import world_day
from marketplace.demo.services.applications import load_applications
from marketplace.demo.services.bulk import follow_originals
from marketplace.demo.services.categories import load_categories
from marketplace.demo.services.fairs import load_fairs, load_reviewers
from marketplace.demo.services.figures import load_figures, load_plan, load_recognitions
from marketplace.demo.services.goods import load_goods
from marketplace.demo.services.listings import load_listings
from marketplace.demo.services.lots import load_lots
from marketplace.demo.services.money import load_money
from marketplace.demo.services.named import load_named_story
from marketplace.demo.services.offers import load_offers
from marketplace.demo.services.orders import load_orders
from marketplace.demo.services.pages import load_pages
from marketplace.demo.services.people import load_people
from marketplace.demo.services.producers import load_producers
from marketplace.demo.services.recalls import load_recalls
from marketplace.demo.services.register import load_register
from marketplace.demo.services.relations import load_relations
from marketplace.demo.services.trade import load_trade
from marketplace.demo.services.withdrawals import load_withdrawals
from marketplace.demo.services.year import load_year
from marketplace.partner.services import refresh_shelf
from marketplace.search.services import index_objects, load_synonyms
from marketplace.shipping.services import load_zones

Tell = Callable[..., None]
ORDERS = 120


def load_world(*, today: date, tell: Tell) -> None:
    """Write everything that is missing or differs; `tell(key, **numbers)` hears of each step.

    All or nothing, so that an interrupted run leaves no half world behind. Pictures are
    files and stay where they are.
    """
    day = world_day(today)
    with transaction.atomic():
        tell("regions", count=load_regions())
        load_regimes()
        load_synonyms()
        load_zones()
        load_assistance()
        changed = load_producers(day=day)
        tell("producers", count=len(reading.cooperatives()))
        categories = load_categories()
        products, goods_changed = load_goods(categories=categories, day=day)
        changed |= goods_changed
        changed |= load_relations(products=products, categories=categories)
        changed |= load_lots(products=products, day=day)
        tell("goods", count=len(products))
        if changed:
            put_on_shelf(products=list(products.values()), today=today)
        load_recalls(day=day, today=today)
        tell("offers", count=load_offers(day=day))
        fairs = load_fairs(products=products, today=today)
        tell("fairs", count=len(fairs))
        load_pages(products=products, fairs=fairs, day=day)
        load_named_story(day=day)
        tell("pages")
        tell("people", count=load_people(day=day))
        load_reviewers()
        load_withdrawals()
        tell("orders", count=load_orders(day=today))
        load_applications(day=day)
        tell("listings", count=load_listings(categories=categories, day=day))
        tell("past_orders", count=load_trade(count=ORDERS, today=today, tell=tell))
        load_year(today=day)
        tell("households", count=load_register(day=day))
        tell("figures", count=load_figures(today=day))
        load_recognitions(products=products, day=day)
        load_plan(today=day)
        tell("payouts", count=load_money(today=today))


def put_on_shelf(*, products: list[Product], today: date) -> None:
    """What follows from goods, papers and lots: sale dates, badges, prices, search."""
    for product in products:
        recompute_sellable(product=product, day=today)
    pks = [product.pk for product in products]
    refresh_shelf(product_ids=pks)
    index_objects(model=Product, pks=pks)
    follow_originals()
