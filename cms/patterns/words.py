"""Sample rows: plain objects with what templates read, so that no pattern needs the database."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.templatetags.static import static

from catalog.models.product import UnitPrice
from marketplace.pictures import Picture

ADDRESS = "/"


def address() -> str:
    return ADDRESS


def picture() -> Picture:
    url = static("img/route.webp")
    return Picture(src=url, srcset="", width=1600, height=253, alt="山路上的货车")


def place(name: str) -> SimpleNamespace:
    return SimpleNamespace(name_text=name)


def cooperative() -> SimpleNamespace:
    return SimpleNamespace(
        name_text="云麦垛合作社（虚构）",
        short_name_text="云麦垛（虚构）",
        known_for_text="燕麦",
        kind_label="合作社",
        colour="oat",
        picture=picture(),
        place_text="武川县哈乐镇",
        township=place("哈乐镇"),
        summary_text="四十户人合种一千二百亩坡地燕麦。",
        benefit_labels=["订单收购", "盈余返还"],
        get_absolute_url=address,
    )


def fair_teaser() -> dict[str, object]:
    fair = SimpleNamespace(venue_text="农展馆片区 3 号厅（演示）")
    sheet = SimpleNamespace(
        fair=fair, dates="2026年12月18日—20日", countdown=True, days_left=25, takes_visitors=True
    )
    return {
        "page": sheet,
        "title": "一袋新麦，\n一筐土豆，一只羊",
        "text": "三天，一个厅。",
        "url": ADDRESS,
        "image": picture(),
        "sheet": sheet,
        "button": "看摊位和节目",
    }


def pack(grams: int = 1000, **values: object) -> SimpleNamespace:
    words = {
        "pk": 1,
        "name": f"{grams}g",
        "price": Decimal("18.00"),
        "unit_price": UnitPrice(Decimal("9.00"), "500g"),
        "free": 20,
        "stock_words": "有货",
        "minimum_quantity": 1,
        "quantity_step": 1,
        "rule": "",
    }
    return SimpleNamespace(**{**words, **values})


BADGE = {"label": "832平台在册", "label_en": "Listed on 832"}


def product(**values: object) -> SimpleNamespace:
    """What marketplace.shop.cards takes of a good."""
    words = {
        "name": "石磨莜面粉",
        "summary_text": "先炒后磨，和面用滚水。",
        "colour": "oat",
        "picture": picture(),
        "flag_text": "",
        "in_stock": True,
        "on_sale": True,
        "cooperative": cooperative(),
        "county": place("武川县"),
        "storage": "ambient",
        "storage_label": "常温",
        "badge": None,
        "price_from": Decimal("18.00"),
        "unit_price": UnitPrice(Decimal("9.00"), "500g"),
        "pack_count": 1,
        "first_pack": pack(),
        "get_absolute_url": address,
    }
    return SimpleNamespace(**{**words, **values})


def goods() -> list[SimpleNamespace]:
    return [
        product(),
        product(name="三色藜麦米", colour="quinoa", pack_count=3, flag_text="新米", badge=BADGE),
        product(name="土豆淀粉", colour="potato", in_stock=False),
        product(name="羔羊肉卷", colour="lamb", storage="frozen", storage_label="冷冻 -18℃"),
    ]


def story(colour: str = "potato") -> SimpleNamespace:
    page = SimpleNamespace(
        title="土豆下窖那天，全村都闻得到土味",
        kicker="品牌故事",
        introduction="十月初的上秀，起垄机走过去，人跟在后面拾。",
        colour=colour,
        county=place("武川县"),
        specialty=place("马铃薯"),
        told_on=date(2026, 10, 8),
    )
    return SimpleNamespace(page=page, url=ADDRESS, picture=picture())


def specialty(colour: str, name: str) -> SimpleNamespace:
    return SimpleNamespace(
        colour=colour,
        name_text=name,
        tagline_text="先炒后磨，整粒也能焖饭。",
        product_count=12,
        picture=picture(),
        get_absolute_url=address,
    )


def paper() -> SimpleNamespace:
    return SimpleNamespace(
        kind_label="食品生产许可证",
        number="SC10115012500000（样例）",
        holder="云麦垛合作社（虚构）",
        issuer="市场监督管理局",
        valid_from=date(2024, 3, 1),
        valid_until=date(2029, 2, 28),
    )


def recognition() -> SimpleNamespace:
    scheme = SimpleNamespace(name_text="脱贫地区农副产品网络销售平台（832平台）")
    printed = {"number": "832-15-0001（样例）", "issuer": "平台审核组（样例）"}
    days = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
    return SimpleNamespace(scheme=scheme, cooperative=cooperative(), **printed, **days)


def lot() -> SimpleNamespace:
    event = SimpleNamespace(on=date(2026, 9, 20), title="收割", detail="坡地三十亩")
    return SimpleNamespace(
        code="YM20260920A",
        place="武川县哈乐镇",
        produced_on=date(2026, 9, 20),
        quantity=800,
        events=SimpleNamespace(all=[event]),
        get_absolute_url=address,
    )


def facets() -> SimpleNamespace:
    option = {"value": "oat", "label": "燕麦", "colour": "oat", "count": 12, "selected": True}
    empty = {"value": "lamb", "label": "肉羊", "colour": "lamb", "count": 0, "selected": False}
    return SimpleNamespace(key="specialty", label="品类", options=[option, empty])


def turned_page() -> SimpleNamespace:
    return SimpleNamespace(
        end_index=48,
        number=2,
        has_previous=True,
        has_other_pages=True,
        previous_url="?page=1",
        next_url="?page=3",
        paginator=SimpleNamespace(per_page=24, num_pages=3),
    )


class SampleForm(forms.Form):
    name = forms.CharField(label="姓名", help_text="和身份证上一样。")
    agrees = forms.BooleanField(label="我同意", required=False)


def wrong_form() -> SampleForm:
    form = SampleForm({"name": ""})
    form.is_valid()
    return form
