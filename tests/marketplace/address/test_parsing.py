"""A pasted address: what is proposed, what is left open, and that nothing breaks it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.origins.models import Region
from marketplace.address.gazetteer import Gazetteer
from marketplace.address.parsing import Proposal, parse_address, read_proposal

pytestmark = pytest.mark.django_db
WHOLE = Proposal("张三", "13800001234", "110108012", "科学院南路3号楼2单元")
DOOR = "科学院南路3号楼2单元"


@pytest.fixture
def gazetteer():
    return Gazetteer.load()


@pytest.fixture
def zhongguancun():
    """The code under which the list has it."""
    return Region.objects.get(name="中关村街道").pk


@pytest.mark.parametrize(
    "text",
    [
        f"张三 13800001234 北京市海淀区中关村街道{DOOR}",
        f"张三，13800001234，北京市海淀区中关村街道{DOOR}",
        f"北京市海淀区中关村街道{DOOR}，张三，13800001234",
        f"13800001234，北京海淀中关村街道{DOOR}；张三",
        f"张三13800001234北京市海淀区中关村街道{DOOR}",
        f"张三\n138-0000-1234\n北京 海淀 中关村街道\n{DOOR}",
        f"收货人：张三 手机号：+86 138 0000 1234 地址：北京市海淀区中关村街道{DOOR}",
        "收货人: 张三\n手机号码: 13800001234\n"
        f"所在地区: 北京市北京市海淀区中关村街道\n详细地址: {DOOR}",
        f"姓名：张三；电话：８６－１３８００００１２３４；地址：北京市市辖区海淀区中关村街道办事处{DOOR}",
        f"地址：中国北京市海淀区中关村街道{DOOR}\n收件人：张三（收）\n电话：0086 13800001234\n"
        "邮编：100080",
        f"{DOOR}，北京市海淀区中关村街道，张三，13800001234",
        f"北京市中关村街道{DOOR} 张三 13800001234",
        "张三 13800001234 北京市海淀区中关村街道科学院南路 3 号楼 2 单元",
        f"手机：13800001234 张三 地址：北京市海淀区中关村街道{DOOR}",
        f"张三 １３８００００１２３４ 北京市/海淀区/中关村街道 {DOOR}",
    ],
)
def test_name_number_and_place_are_read_in_any_order(text, zhongguancun):
    assert parse_address(text) == WHOLE._replace(region_code=zhongguancun)


@pytest.mark.parametrize(
    ("text", "code", "detail"),
    [
        ("北京海淀中关村大街1号", "110108", "中关村大街1号"),
        ("北京市海淀区苏州街29号", "110108", "苏州街29号"),
        ("北京市朝阳门内大街75号", "110000", "朝阳门内大街75号"),
        ("北京市朝阳路8号", "110000", "朝阳路8号"),
        ("北京朝阳区建国路88号", "110105", "建国路88号"),
        ("吉林省长春市朝阳区重庆路1号", "220104", "重庆路1号"),
        ("长春朝阳区重庆路1号", "220104", "重庆路1号"),
        ("上海浦东新区世纪大道1号", "310115", "世纪大道1号"),
        ("重庆渝中区解放碑1号", "500103", "解放碑1号"),
        ("内蒙古武川县可可以力更镇青山路1号", None, "青山路1号"),
        ("呼和浩特市武川县哈乐镇1号", "150125101", "1号"),
        ("广东省东莞市松山湖1号", "441900", "松山湖1号"),
        ("河南济源市黄河路1号", "419001", "黄河路1号"),
        ("云南大理白族自治州大理市人民路1号", "532901", "人民路1号"),
        ("湖北恩施恩施市舞阳大街1号", "422801", "舞阳大街1号"),
        ("北京市海淀区四季青镇1号院", None, "1号院"),
        ("武川县青山路1号", "150125", "青山路1号"),
        (
            "电话：010-62345678 北京市海淀区苏州街29号(北门)",
            "110108",
            "苏州街29号(北门)010-62345678",
        ),
    ],
)
def test_places_are_found_with_and_without_their_endings(text, code, detail):
    proposal = parse_address(text)
    assert proposal.detail == detail
    assert Region.objects.filter(pk=proposal.region_code).exists()
    assert code is None or proposal.region_code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("朝阳区建国路88号", ""),
        ("鼓楼区中山路1号", ""),
        ("河北省新华区中山路1号", "130000"),
        ("科学院南路3号", ""),
        ("海淀中关村大街1号", ""),
    ],
)
def test_what_two_regions_could_be_is_left_open_and_stays_in_the_detail(text, code):
    proposal = parse_address(text)
    assert proposal.region_code == code
    assert proposal.detail == text.removeprefix("河北省")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("欧阳娜娜 北京市海淀区中关村街道1号", "欧阳娜娜"),
        ("北京市海淀区中关村街道1号 阿依古丽·买买提", "阿依古丽·买买提"),
        ("Li Lan, 13800001234, 北京市海淀区中关村街道1号", "Li Lan"),
        ("收货人：海淀 北京市海淀区中关村街道1号", "海淀"),
        ("北京市海淀区中关村街道1号", ""),
        ("北京市海淀区 学院路 1号", ""),
    ],
)
def test_a_name_is_what_reads_like_one(text, name):
    assert parse_address(text).recipient == name


@pytest.mark.parametrize("text", ["", " ", "\n\n", "你好", "12345", "::::", "收货人：", "1" * 600])
def test_where_nothing_is_found_nothing_is_proposed_but_the_words(text):
    proposal = parse_address(text)
    assert (proposal.mobile, proposal.region_code) == ("", "")
    assert not proposal.found_something


PARTS = ["北京", "北京市", "海淀区", "朝阳区", "中关村街道", "张三", "13800001234", "+86"]
PARTS += ["收货人：", "地址", ":", "，", "；", " ", "\n", "\x00", "３", "号楼", "(收)", "ﷺ"]
PARTS += ["自治区", "市辖区", "·", "中国", "🐑"]


@given(st.one_of(st.text(max_size=600), st.lists(st.sampled_from(PARTS), max_size=40).map("".join)))
@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_text_breaks_it_and_no_code_is_made_up(gazetteer, text):
    proposal = read_proposal(text, gazetteer)
    assert proposal.region_code == "" or proposal.region_code in gazetteer.places
    assert proposal.mobile == "" or (proposal.mobile.isascii() and len(proposal.mobile) == 11)
    assert len(proposal.recipient) <= 30
    assert len(proposal.detail) <= 100
    assert "\x00" not in "".join(proposal)


def test_reading_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        parse_address(f"张三 13800001234 北京市海淀区中关村街道{DOOR}")
