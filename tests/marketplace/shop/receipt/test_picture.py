"""The picture of a receipt: its size, its words, its code, and nothing beside them."""

from io import BytesIO

import pytest
from django.utils.translation import override
from PIL import Image, ImageChops, ImageStat

from marketplace.order.links import sign
from marketplace.qr import qr_modules
from marketplace.shop.receipt import drawing
from marketplace.shop.receipt.contents import read_receipt
from marketplace.shop.receipt.drawing import (
    HEIGHT,
    MARGIN,
    QR_SIDE,
    QUIET,
    WIDTH,
    draw_poster,
)
from marketplace.shop.receipt.poster import Poster, poster_of
from marketplace.shop.receipt.typesetting import ELLIPSIS, broken, font
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.receipts import delivered, figure_of
from tests.marketplace.buying import NOW
from tests.marketplace.shop.receipt.test_page import PERSONAL


def poster_for(order, language: str = "zh-hans") -> Poster:
    with override(language):
        return poster_of(read_receipt(order=order, now=NOW))


def opened(poster: Poster) -> Image.Image:
    return Image.open(BytesIO(draw_poster(poster)))


def words_of(poster: Poster) -> str:
    return repr(poster)


def test_it_opens_is_upright_and_holds_nothing_but_pixels(order):
    picture = opened(poster_for(order))
    picture.load()
    assert (picture.format, picture.width) == ("JPEG", WIDTH)
    assert picture.height >= HEIGHT
    assert len(picture.getexif()) == 0
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert picture.applist == [("APP0", picture.applist[0][1])]


def test_a_short_one_is_as_high_as_a_telephone_likes(oats):
    assert opened(poster_for(delivered(oats))).size == (WIDTH, HEIGHT)


def test_it_says_what_the_page_says(order, maker, batch):
    figure_of(batch, maker, 128, "327600.00")
    poster = poster_for(order)
    first = poster.parts[0]
    assert (first.name, first.place, first.kept) == ("云麦垛（虚构）", "武川县哈乐镇", "¥86.00")
    assert first.goods[0].startswith("燕麦米 1000g × 2 · ")
    assert "128" in first.figure
    assert "327,600.00" in first.figure


def test_nothing_on_it_leads_to_the_buyer_or_the_order(order):
    for language in ("zh-hans", "en"):
        words = words_of(poster_for(order, language))
        marks = (*PERSONAL, order.number, sign(order), "/orders/")
        assert [mark for mark in marks if mark in words] == []


def test_its_code_leads_to_a_page_that_needs_no_key(client, settings, oats, order):
    alone = poster_for(delivered(oats))
    assert alone.link == settings.SITE_URL + "/cooperatives/yunmaiduo/"
    assert poster_for(order).link == settings.SITE_URL + "/cooperatives/"
    for poster in (alone, poster_for(order)):
        assert client.get(poster.link.removeprefix(settings.SITE_URL)).status_code == 200


def test_the_code_on_it_is_that_of_the_link(oats):
    poster = poster_for(delivered(oats))
    picture = opened(poster).convert("L")
    modules = qr_modules(poster.link)
    side = QR_SIDE // (len(modules) + 2 * QUIET)
    left = WIDTH - MARGIN - QR_SIDE
    inset = (QR_SIDE - side * (len(modules) + 2 * QUIET)) // 2 + QUIET * side
    found = [
        top
        for top in range(HEIGHT // 2, HEIGHT - QR_SIDE)
        if read_code(picture, modules, left + inset, top + inset, side) == modules
    ]
    assert 1 <= len(found) <= side


def read_code(picture, modules, left, top, side) -> list[list[bool]]:
    """By the middle of each module."""
    numbers = range(len(modules))
    return [
        [
            picture.getpixel((left + x * side + side // 2, top + y * side + side // 2)) < 128
            for x in numbers
        ]
        for y in numbers
    ]


@pytest.mark.parametrize("face", ["serif", "sans"])
@pytest.mark.parametrize("text", "武川县燕麦藜麦马铃薯羊集镇旗¥（）·×—…ABC019")
def test_letters_are_drawn_and_no_empty_boxes(face, text):
    letters = font(face, 40)
    missing = bytes(letters.getmask("\U0010fffd"))
    assert any(letters.getmask(text))
    assert bytes(letters.getmask(text)) != missing


def test_two_names_make_two_pictures(oats):
    poster = poster_for(delivered(oats))
    part = poster.parts[0]
    other = poster._replace(parts=(part._replace(name="青盐坡（虚构）"),))
    assert draw_poster(poster) != draw_poster(other)
    assert poster.key != other.key
    assert draw_poster(poster) == draw_poster(poster)


def test_long_names_many_goods_and_many_makers_keep_their_room(monkeypatch):
    long = "很长的合作社名字" * 6
    makers = [
        CooperativeFactory(name=f"{long}{number}（虚构）", short_name="长") for number in range(6)
    ]
    goods = [ProductFactory(cooperative=makers[0], title="燕麦" * 60) for _ in range(7)]
    poster = poster_for(delivered(*goods, *(ProductFactory(cooperative=one) for one in makers)))
    assert len(poster.parts) == 4
    assert len(poster.parts[0].goods) == 5
    assert "6" in poster.more
    sheets = []
    made = drawing.Sheet
    monkeypatch.setattr(drawing, "Sheet", lambda: sheets.append(made()) or sheets[-1])
    picture = opened(poster)
    assert picture.height == sheets[0].y + sheets[1].y


def test_the_longest_names_and_words_push_the_foot_down_and_never_off(oats):
    """The notice and the code are as they are on a short one."""
    short = poster_for(delivered(oats))
    part, long = short.parts[0], "很长的名字" * 40
    longest = part._replace(name=long, place=long, goods=(long,) * 5, kept=long, figure=long)
    tall = opened(short._replace(parts=(longest,) * 4, more=long))
    assert tall.height > 4200
    feet = [
        one.convert("L").crop((0, one.height - QR_SIDE, WIDTH, one.height))
        for one in (opened(short), tall)
    ]
    assert feet[0].getextrema()[0] < 128
    difference = ImageChops.difference(*feet)
    assert ImageStat.Stat(difference).mean[0] < 1


def test_in_english_the_words_are_english_and_so_is_where_the_code_leads(settings, oats):
    poster = poster_for(delivered(oats), "en")
    assert poster.title == "Assistance receipt"
    assert poster.parts[0].name == "Cloud Stack (fictional)"
    assert poster.link == settings.SITE_URL + "/en/cooperatives/yunmaiduo/"
    assert opened(poster).width == WIDTH


@pytest.mark.parametrize(
    "text",
    [
        "有机裸燕麦米，2.5kg 真空包装（虚构），不能断在标点前。" * 3,
        "Organic naked oat rice from the northern slope of Yinshan " * 3,
        "W" * 200,
    ],
)
def test_lines_are_no_wider_than_their_column(text):
    letters = font("sans", 30)
    lines = broken(text, letters, 400, 99)
    assert len(lines) > 2
    assert all(letters.getlength(line.rstrip("，。、（）")) <= 400 for line in lines)
    assert not any(line[0] in "，。、）" for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_what_has_no_room_ends_in_dots():
    letters = font("sans", 30)
    lines = broken("燕麦" * 60, letters, 400, 2)
    assert len(lines) == 2
    assert lines[1].endswith(ELLIPSIS)
    assert letters.getlength(lines[1]) <= 400
