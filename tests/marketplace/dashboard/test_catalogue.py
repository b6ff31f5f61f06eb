"""All goods of the market, for its operators: found, read, repriced, taken off sale."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from catalog.compliance import lacks_paper, missing_papers, recompute_sellable
from catalog.models import Product, ProductPaper, Withdrawal
from catalog.papers.models import Paper
from marketplace.dashboard.models import Change
from marketplace.outbox.models import Message
from marketplace.partner.models import PriceChange, StockRecord
from marketplace.partner.services import open_shelf
from marketplace.partner.withdrawing import withdraw_good
from marketplace.search.services import index_objects
from tests.factories import CooperativeFactory, ProductFactory, specialty
from tests.factories.listings import change_of
from tests.factories.lots import lot_of, paper_of
from tests.marketplace.buying import DAY, NOW, order_for, stock
from tests.marketplace.dashboard.test_goods import licensed, now_of, row
from tests.marketplace.dashboard.walking import member_of

pytestmark = pytest.mark.django_db

LIST = "/en/dashboard/all-goods/"
ROW = re.compile(r'href="/en/dashboard/all-goods/(\d+)/')
COUNT = re.compile(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)<')


@pytest.fixture
def mill():
    return CooperativeFactory(slug="mill", short_name_en="North Mill")


@pytest.fixture
def good(mill):
    licensed(mill)
    return ProductFactory(cooperative=mill)


def path(good, room: str = "") -> str:
    return f"{LIST}{good.pk}/{room}"


def shown(office, **params) -> list[int]:
    response = office.get(LIST, params)
    assert response.status_code == 200
    return [int(pk) for pk in ROW.findall(response.content.decode())]


def read(office, good) -> str:
    return office.get(path(good)).content.decode()


def test_goods_of_every_cooperative_are_found_by_name_pinyin_number_and_maker(office, mill):
    flour = ProductFactory(cooperative=mill, title="石磨莜面粉", title_en="Oat flour")
    mutton = ProductFactory(title="羊肉卷", title_en="Mutton rolls")
    index_objects(model=Product, pks=[flour.pk, mutton.pk])
    assert shown(office) == [mutton.pk, flour.pk]
    assert shown(office, q="莜面") == [flour.pk]
    assert shown(office, q="mutton") == [mutton.pk]
    assert shown(office, q="youmian") == [flour.pk]
    assert shown(office, q=stock(mutton).partner_sku) == [mutton.pk]
    assert shown(office, cooperative="mill") == [flour.pk]
    assert shown(office, q="羊", cooperative="mill") == []
    assert "No good fits" in office.get(LIST, {"q": "%"}).content.decode()
    assert "North Mill" in office.get(LIST).content.decode()


def test_specialty_narrows_and_the_order_can_be_chosen(office):
    cheap = ProductFactory(title="B", packs=[("9.00", 5, 500)], sellable_until=date(2027, 9, 1))
    dear = ProductFactory(title="A", packs=[("90.00", 5, 500)], sellable_until=date(2027, 3, 1))
    mutton = specialty("mutton", "羊肉")
    Product.objects.filter(pk=dear.pk).update(specialty=mutton)
    assert shown(office, specialty=mutton.pk) == [dear.pk]
    assert shown(office, sort="name") == [dear.pk, cheap.pk]
    assert shown(office, sort="price") == [cheap.pk, dear.pk]
    assert shown(office, sort="ends") == [dear.pk, cheap.pk]


def test_chips_say_how_many_are_in_each_state(office, mill, good):
    closed = open_shelf(cooperative=CooperativeFactory())
    closed.closed_from = closed.closed_until = DAY
    closed.save()
    resting = ProductFactory(cooperative=closed.cooperative)
    few = ProductFactory(cooperative=mill, packs=[("9.00", 10, 500)])
    gone = ProductFactory(cooperative=mill, packs=[("9.00", 0, 500)])
    stopped = ProductFactory(cooperative=mill)
    withdraw_good(product_id=stopped.pk, reason="x", by=None, now=NOW)
    assert shown(office, state="selling") == [few.pk, resting.pk, good.pk]
    assert shown(office, state="low") == [gone.pk, few.pk]
    assert shown(office, state="sold_out") == [gone.pk]
    assert shown(office, state="closed") == [resting.pk]
    assert shown(office, state="withdrawn") == [stopped.pk]
    assert shown(office, state="not_for_sale") == [stopped.pk]
    assert shown(office, state="papers") == [resting.pk]
    counts = dict(COUNT.findall(office.get(LIST).content.decode()))
    assert counts == {
        "": "5", "selling": "3", "sold_out": "1", "not_for_sale": "1",
        "low": "2", "papers": "1", "closed": "1", "withdrawn": "1",
    }  # fmt: skip


@pytest.mark.parametrize("regime", ["processed", "meat", "fresh"])
def test_the_list_of_missing_papers_is_what_each_good_says(mill, regime):
    """Papers of the business, of the good and of a lot; ended, to come, and of a held lot."""
    goods = [ProductFactory(cooperative=mill), ProductFactory(), ProductFactory()]
    classes = goods[0].product_class.__class__.objects
    found = classes.filter(slug__startswith=regime).first() or goods[0].product_class
    Product.objects.update(product_class=found)
    required = list(found.required_papers.all())
    for number, good in enumerate(goods):
        good.refresh_from_db()
        for one in required:
            ends = [None, DAY, DAY - timedelta(days=1)][number]
            paper = paper_of(one.kind, f"{one.kind}-{number}", ends=ends)
            if one.held_by == "cooperative":
                good.cooperative.papers.add(paper)
            elif one.held_by == "product":
                ProductPaper.objects.create(product=good, paper=paper)
            else:
                lot_of(good, "", DAY, paper, state=["released", "released", "held"][number])
    lacking = set(Product.objects.filter(lacks_paper(DAY)).values_list("pk", flat=True))
    said = {good.pk for good in goods if missing_papers(product=good, day=DAY)}
    assert said == lacking & {good.pk for good in goods}
    assert said == {goods[2].pk}


@pytest.mark.parametrize(
    "params",
    [
        {"cooperative": "x"}, {"state": "x"}, {"specialty": "x"}, {"sort": "x"},
        {"q": "x" * 10_000}, {"q": "a\x00"},
    ],
)  # fmt: skip
def test_wrong_filters_change_nothing(office, good, params):
    assert shown(office, **params) == [good.pk]


@pytest.mark.parametrize("asked", ["abc", "0", "2", "9" * 30])
def test_a_page_that_is_not_there_leads_to_the_nearest(office, asked):
    assert office.get(LIST, {"page": asked})["Location"] == LIST


@pytest.mark.parametrize("count", [1, 48])
def test_the_list_costs_the_same_for_any_length(office, count, django_assert_max_num_queries):
    for _ in range(count):
        ProductFactory(cooperative=CooperativeFactory())
    office.get(LIST)
    with django_assert_max_num_queries(18):
        assert len(shown(office, q="燕麦")) == count


def test_one_good_shows_all_that_there_is_of_it(office, mill, good):
    Product.objects.filter(pk=good.pk).update(summary="轻炒过的新麦。")
    lot_of(good, "WM-01")
    proposal = change_of(good)
    proposal.state, proposal.submitted_at = "submitted", NOW
    proposal.save()
    page = office.get(path(good) + "?q=x&state=selling").content.decode()
    for words in (
        "North Mill", "轻炒过的新麦。", "WM-01", f"SC{mill.pk}", "18.00", good.get_absolute_url(),
        f"/en/dashboard/goods/{proposal.pk}/", f"{LIST}?state=selling&amp;q=x",
    ):  # fmt: skip
        assert words in page
    assert "Not for sale, because:" not in page


def test_what_is_missing_is_named_in_words(office):
    good = ProductFactory(sellable_from=None, sellable_until=None)
    words = "Food production licence (SC) of your business is missing or expired."
    assert words in read(office, good)


def test_a_pack_or_a_good_that_is_not_there_is_not_found(office, good):
    pack = good.children.get()
    for pk in (pack.pk, 10**30):
        for room in ("", "prices/", "withdraw/", "restore/"):
            assert office.get(f"{LIST}{pk}/{room}").status_code == 404
            assert office.post(f"{LIST}{pk}/{room}", {"reason": "x"}).status_code in (404, 405)


def test_price_and_stock_are_changed_logged_and_told_once(office, operator, mill, good):
    member_of(mill, "owner", "owner")
    member_of(mill, "clerk", "clerk")
    member_of(mill, "accountant", "accountant")
    rows = row(stock(good), price="21.50", quantity="7")
    assert office.post(path(good, "prices/"), rows)["Location"] == path(good)
    assert now_of(good) == (Decimal("21.50"), 7)
    assert (PriceChange.objects.get().by, Change.objects.get().by) == (operator, operator)
    sent = Message.objects.filter(event__startswith=f"good_changed:{good.pk}:")
    assert sorted(sent.values_list("recipient", flat=True)) == [
        "clerk@example.com",
        "owner@example.com",
    ]
    for words in ("18.00 → ¥21.50", "100 → 7"):
        assert words in sent[0].body
    office.post(path(good, "prices/"), row(stock(good)))
    assert sent.count() == 2


def test_both_sides_read_that_the_market_did_it(office, client, operator, mill, good):
    office.post(path(good, "prices/"), row(stock(good), price="21.50"))
    assert "the market (operator)" in read(office, good)
    client.force_login(member_of(mill, "clerk", "clerk"))
    ours = f"/en/dashboard/c/mill/goods/{good.pk}/"
    page = client.get(ours).content.decode()
    assert "¥18.00 → ¥21.50" in page
    assert "the market (operator)" in page
    client.post("/en/dashboard/c/mill/goods/prices/", row(stock(good), price="22.00", quantity="5"))
    page = client.get(ours).content.decode()
    assert page.count("the market (operator)") == 1
    assert "Stock 100 → 5" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quantity": "3"}, "4 packs are ordered already"),
        ({"quantity": "-1"}, "greater than or equal to 0"),
        ({"price": "0"}, "A price is between ¥0.10 and ¥99999.00"),
        ({"price": "180"}, "ten times or a tenth of"),
        ({"price": "19.00", "seen_price": "17.00"}, "Meanwhile the price has become ¥18.00."),
        ({"quantity": "50", "seen_quantity": "90"}, "Meanwhile the stock has become 100."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(
    office, mill, good, change, words
):
    member_of(mill, "owner", "owner")
    order_for((good, 4))
    before = list(StockRecord.objects.values())
    response = office.post(path(good, "prices/"), row(stock(good), **change))
    assert response.status_code == 200
    page = response.content.decode()
    assert words in page
    assert f'value="{next(iter(change.values()))}"' in page
    assert list(StockRecord.objects.values()) == before
    assert not PriceChange.objects.exists()
    assert not Message.objects.filter(event__startswith="good_changed").exists()


def test_another_goods_pack_is_not_written(office, mill, good):
    other = ProductFactory(cooperative=mill)
    office.post(path(good, "prices/"), row(stock(other), price="19.00"))
    assert now_of(other) == (Decimal("18.00"), 100)


def test_off_sale_with_a_reason_and_back_again(office, operator, client, mill, good):
    reason = {"reason": "标签有误"}
    assert office.post(path(good, "withdraw/"), reason)["Location"] == path(good)
    assert Withdrawal.objects.get().by == operator
    page = read(office, good)
    assert "The market has taken it off sale: 标签有误" in page
    assert "Sell it again" in page
    office.post(path(good, "restore/"), {"reason": "标签已改"})
    good.refresh_from_db()
    assert good.is_sellable_on(DAY)
    page = read(office, good)
    assert page.count("标签有误") == page.count("标签已改") == 1


def test_the_cooperative_reads_why_and_cannot_put_it_back(office, client, mill, good):
    office.post(path(good, "withdraw/"), {"reason": "标签有误"})
    client.force_login(member_of(mill, "owner", "owner"))
    listed = client.get("/en/dashboard/c/mill/goods/").content.decode()
    assert "The market has taken it off sale: 标签有误" in listed
    assert client.post(path(good, "restore/"), {"reason": "x"}).status_code == 403
    good.refresh_from_db()
    assert good.withdrawal is not None


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_reason_that_is_none_is_refused_beside_the_field(office, good, reason):
    response = office.post(path(good, "withdraw/"), {"reason": reason})
    assert response.status_code == 200
    assert 'class="field__error"' in response.content.decode()
    assert not Withdrawal.objects.exists()


def test_who_comes_too_late_reads_so(office, good):
    response = office.post(path(good, "restore/"), {"reason": "x"})
    assert response.status_code == 409
    assert "Somebody has done so meanwhile." in response.content.decode()
    office.post(path(good, "withdraw/"), {"reason": "first"})
    assert office.post(path(good, "withdraw/"), {"reason": "second"}).status_code == 409
    assert Withdrawal.objects.get().reason == "first"


@pytest.fixture
def certificate(good):
    paper = paper_of("organic_certificate", "O-1", ends=date(2027, 5, 1))
    ProductPaper.objects.create(product=good, paper=paper)
    recompute_sellable(product=good, day=DAY)
    return paper


def test_a_wrong_paper_of_a_good_is_taken_away_with_its_badge_and_told(
    office, operator, mill, good, certificate
):
    member_of(mill, "owner", "owner")
    member_of(mill, "accountant", "accountant")
    away = path(good, f"papers/{certificate.pk}/")
    assert away in read(office, good)
    assert good.badges.get().kind == "organic_certificate"
    assert office.post(away, {"reason": "编号查不到。"})["Location"] == path(good)
    assert not good.product_papers.exists()
    assert not good.badges.exists()
    assert Paper.objects.get(pk=certificate.pk).number == "O-1"
    page = read(office, good)
    assert "Paper taken away" in page
    assert "编号查不到。" in page
    message = Message.objects.get(event__startswith=f"good_paper:{good.pk}:")
    assert message.recipient == "owner@example.com"
    assert "O-1" in message.body
    assert "编号查不到。" in message.body
    assert office.post(away, {"reason": "x"}).status_code == 404
    assert Change.objects.get().by == operator


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_without_a_reason_no_paper_is_taken_away(office, good, certificate, reason):
    page = office.post(path(good, f"papers/{certificate.pk}/"), {"reason": reason})
    assert (page.status_code, "field__error" in page.content.decode()) == (200, True)
    assert good.product_papers.get().paper == certificate
    assert good.badges.exists()
    assert not Change.objects.exists()
    assert not Message.objects.exists()


def test_a_paper_of_another_good_or_of_the_business_is_not_taken_away(office, mill, good):
    other = ProductFactory()
    theirs = paper_of("organic_certificate", "O-2")
    ProductPaper.objects.create(product=other, paper=theirs)
    for paper in (theirs, mill.papers.first()):
        answer = office.post(path(good, f"papers/{paper.pk}/"), {"reason": "x"})
        assert answer.status_code == 404
    assert other.product_papers.exists()
    assert mill.papers.exists()
