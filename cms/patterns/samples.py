"""What each section and each component is shown with, by group; a new one needs its sample here.

Values of sections are those that their templates get: rows in place of keys.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cms.patterns import fair_samples, figure_samples, words
from marketplace.qr import qr_code
from marketplace.shop.cards import card_of
from marketplace.shop.sharing import Share

Samples = dict[str, list[dict[str, Any]]]
# Stands around this page as around every other, or in its head.
FRAME = {"header", "footer", "tabbar", "search", "icon_store", "addresses", "place", "messages"}
LINK = {"label": "读完这一篇", "url": words.ADDRESS}
HEADING = {"title": "这几天下锅", "lead": "小雪刚过，按库存和发车表挑的。", "link": ""}
RICH_TEXT = "<h2>谁在卖</h2><p>合作社自己上架，<b>证照</b>过期就下架。</p><ul><li>先公示</li></ul>"

SPECIALTIES = [("oat", "燕麦"), ("quinoa", "藜麦"), ("potato", "马铃薯"), ("lamb", "肉羊")]


@dataclass(frozen=True)
class Pattern:
    """One template with one set of values."""

    name: str
    template: str
    context: dict[str, Any]
    number: int

    @property
    def anchor(self) -> str:
        return f"{self.template.removesuffix('.html').replace('/', '-')}-{self.number}"


def section_samples() -> Samples:
    """By the name of the template in cms/blocks/, without its ending."""
    picture, maker = words.picture(), words.cooperative()
    captioned = [{"picture": picture, "caption": f"第{number}张"} for number in (1, 2, 3)]
    figure = {"number": "1,380", "unit": "亩", "label": "坡地燕麦", "source": "合作社台账（虚构）"}
    figures = [{**figure, "as_of": date(2026, 10, 31)}, {**figure, "as_of": date(2025, 10, 31)}]
    notes = [{"title": "运费一口价", "text": "付款前合计就在眼前"}] * 3
    return {
        "lead": [
            {
                "poem": ["两麦一薯一羊", "从阴山北麓", "到北京餐桌"],
                "image": picture,
                "phone_image": None,
                "notes": notes,
                "button": {"label": "逛这一集", "url": words.ADDRESS},
            }
        ],
        "text": [{"text": RICH_TEXT}],
        "picture": [{"picture": picture, "caption": "上秀的土豆窖"}],
        "gallery": [{"title": "一天里的窖", "pictures": captioned}],
        "quote": [{"text": "土豆怕光，人怕懒。", "who": "老郝（虚构）", "role": "看窖人"}],
        "assistance": figure_samples.assistance(),
        "figures": [{"title": "今年的数", "lead": "每个数都写明出处。", "figures": figures}],
        "questions": [
            {"title": "常问的", "questions": [{"question": "几天到？", "answer": RICH_TEXT}] * 2}
        ],
        "video": [
            {
                "title": "磨莜面的一上午",
                "url": "https://video.example/moyoumian",
                "host": "video.example",
                "picture": picture,
                "caption": "四分钟",
            }
        ],
        "shelf": [
            {**HEADING, "products": words.goods(), "feature": None},
            {**HEADING, "products": words.goods(), "feature": words.product(), "feature_text": ""},
        ],
        "story": [
            {
                "kicker": "品牌故事",
                "title": "土豆下窖那天，\n全村都闻得到土味",
                "text": "十月初的上秀，起垄机走过去，人跟在后面拾。",
                "image": picture,
                "colour": "potato",
                "link": LINK,
            }
        ],
        "fair_teaser": [words.fair_teaser()],
        "stories": [{**HEADING, "cards": [words.story()] * 3, "all_url": words.ADDRESS}],
        "specialties": [{**HEADING, "items": [words.specialty(*each) for each in SPECIALTIES]}],
        "producer": [{"cooperative": maker}],
        "producers": [{**HEADING, "cooperatives": [maker] * 6}],
        "producer_cards": [{**HEADING, "cooperatives": [maker] * 2}],
        "promises": [{"promises": notes}],
        **fair_samples.fair_section_samples(),
    }


def component_samples() -> Samples:
    """By the name of the template in components/, without its ending."""
    picture, maker, good = words.picture(), words.cooperative(), words.product()
    rows = [("货品", "¥36.00"), ("运费", "¥8.00")]
    trail = [("首页", words.ADDRESS), ("燕麦", words.ADDRESS), ("石磨莜面粉", "")]
    way = {"action_label": "去看看", "action_url": words.ADDRESS}
    form = words.wrong_form()
    return {
        "active_filters": [
            {"filters": [{"url": words.ADDRESS, "label": name} for name in ("燕麦", "武川县")]}
        ],
        "add_button": [{"pack": words.pack(), "name": good.name}],
        "bars": [{"title": "按带动方式", "bars": figure_samples.bars()}],
        "bars_hidden": [{"hidden": 3, "kinds": True}, {"hidden": 2, "kinds": False}],
        "badge": [{"label": "武川县"}, {"label": "绿色食品", "kind": "paper"}],
        "breadcrumbs": [{"breadcrumbs": trail}],
        "coop_disc": [{"picture": picture, "colour": "oat"}],
        "cooperative_card": [{"cooperative": maker}],
        "empty_state": [{"title": "还没有这样的货", "text": "换个词再找。", **way}],
        "fair_clock": [{"sheet": sheet} for sheet in fair_samples.clocks()],
        "facet_group": [{"group": words.facets()}],
        "feature": [{"product": good, "words": ""}],
        "form_errors": [{"form": form}],
        "form_field": [{"field": form["name"]}, {"field": form["agrees"]}],
        "form_fields": [{"form": form}],
        "lot_strip": [{"lot": words.lot(), "colour": "oat"}],
        "maker": [{"cooperative": maker}],
        "notice": [{"text": "已放进购物车。"}, {"text": "库存不够了。", "kind": "problem"}],
        "open_graph": [{"share": Share("土豆下窖那天", "十月初的上秀。", picture, "article")}],
        "order_summary": [{"title": "合计", "rows": rows, "total": Decimal("44.00"), "note": ""}],
        "pack_choice": [{"pack": words.pack(), "selected": True}, {"pack": words.pack(free=0)}],
        "pagination": [{"page": words.turned_page(), "total": 60}],
        "paid_figure": [figure_samples.paid()],
        "paper_card": [{"paper": words.paper()}],
        "paper_missing": [{"mark": "武川土豆"}],
        "parcel_head": [{"storage": "ambient", "title": "包裹一 · 常温", "when": "周五到"}],
        "picture": [{"picture": picture}],
        "price": [{"amount": Decimal("36.00")}, {"amount": Decimal("36.00"), "from": True}],
        "producer": [{"cooperative": maker}],
        "product_card": [{"card": card_of(each, lazy=True)} for each in words.goods()],
        "qr": [{"code": qr_code("https://example.org/"), "label": "批次的来历"}],
        "stepper": [{"label": "数量"}],
        "storage_badge": [{"storage": "chilled", "label": "冷鲜 0-4℃"}],
        "story_card": [{"card": words.story()}],
        "story_row": [{"title": "接着读", "cards": [words.story(c) for c in ("oat", "lamb")]}],
    }


def sections() -> Iterator[Pattern]:
    for name, values in section_samples().items():
        for number, value in enumerate(values, start=1):
            yield Pattern(name, f"cms/blocks/{name}.html", {"value": value}, number)


def components() -> Iterator[Pattern]:
    for name, contexts in component_samples().items():
        for number, context in enumerate(contexts, start=1):
            yield Pattern(name, f"components/{name}.html", context, number)
