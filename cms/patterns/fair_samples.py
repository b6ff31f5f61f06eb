"""Sections that show a fair, with an invented one at moments that show it differently."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.utils import timezone

from catalog.origins.models import Region
from cms.blocks.fair_facts import FairFacts, Item, Venue, by_day
from cms.expos.sheet import FairSheet, Part
from cms.expos.sign_up import SignUpForm
from cms.patterns import words
from marketplace.fairs.models import Booth, Fair, Session, Zone

BEGINS, ENDS = date(2026, 12, 18), date(2026, 12, 20)
HEADING = {"title": "三天节目", "lead": "座位是眼下的数。"}


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


BEFORE, DURING, AFTER = moment(date(2026, 11, 30), 9), moment(BEGINS, 10), moment(ENDS, 20)


def fair(state: str = Fair.State.PLANNED) -> Fair:
    return Fair(
        pk=1,
        name="阴山北麓年货进京展销会（演示）",
        state=state,
        begins_on=BEGINS,
        ends_on=ENDS,
        opens_at=time(9),
        closes_at=time(18),
        last_closes_at=time(16),
        venue="农展馆片区 3 号厅（演示）",
        region=Region(code="110105", name="朝阳区"),
        address="东三环北路一带（演示地址）",
        transport="地铁 10 号线农业展览馆站，步行约 6 分钟。\n厅前不设停车位。",
        latitude=Decimal("39.945600"),
        longitude=Decimal("116.463200"),
        permit_number="演示-大型活动-2601",
        call_closes_at=BEFORE - timedelta(days=12),
    )


def sessions(taken: int = 300) -> list[Session]:
    """Entry on the first day, and what happens on two."""
    next_day = BEGINS + timedelta(days=1)
    rows = [
        ("entry", BEGINS, 9, "入场", "入口", 1200, taken),
        ("show", BEGINS, 10, "莜面师傅现推窝窝", "试吃长桌", None, 0),
        ("meeting", BEGINS, 14, "采购对接，一桌谈 20 分钟", "采购对接桌", 40, 40),
        ("talk", next_day, 15, "三色藜麦怎么煮不糊", "演示台", 60, 48),
    ]
    return [
        Session(
            pk=number,
            kind=kind,
            title=title,
            place=place,
            begins_at=moment(day, hour),
            ends_at=moment(day, hour + 1),
            capacity=capacity,
            taken=taken,
        )
        for number, (kind, day, hour, title, place, capacity, taken) in enumerate(rows, start=1)
    ]


def facts(now: datetime = BEFORE, state: str = Fair.State.PLANNED, taken: int = 300) -> FairFacts:
    return FairFacts(fair(state), now=now, url=words.ADDRESS, sessions=sessions(taken))


def sheet() -> FairSheet:
    """As the fair's own page reads it, with two exhibitors at three booths."""
    own = FairSheet(fair(), now=BEFORE, sessions=sessions())
    zone = Zone(pk=1, code="A", name="两麦", colour="oat")
    own.booths = [Booth(number=f"A0{number}", zone=zone) for number in (1, 2, 3)]
    own.exhibitors = [
        SimpleNamespace(
            booth_number=f"A0{number}",
            goods_count=4,
            county=words.place("武川县"),
            cooperative=words.cooperative(),
            stands=[],
        )
        for number in (1, 2)
    ]
    own.parts = [
        Part("host", "主办", ["阴山集展会组（虚构）"]),
        Part("co_host", "协办", ["北坡三县物产联络处（虚构）"]),
    ]
    own.sign_up_form = SignUpForm(None, sessions=own.sessions)
    return own


def clocks() -> list[FairFacts]:
    """Before, during and after the fair."""
    return [facts(now) for now in (BEFORE, DURING, AFTER)]


def fair_section_samples() -> dict[str, list[dict[str, object]]]:
    """By the name of the template in cms/blocks/, without its ending."""
    coming, own = facts(), sheet()
    written = by_day(
        [
            (BEGINS, Item("9:30", "头一车卸货，当场开箱", "广场中间")),
            (BEGINS, Item("14:00", "土豆过冬，在家怎么存", "东侧棚下")),
        ]
    )
    store = Venue("北坡石磨坊（虚构）", "武川县哈乐镇（演示地址）", "呼武公路 30 公里处下道。")
    place = {"title": "地点和交通", "lead": ""}
    way = {"title": "预约入场", "text": "一个手机号一张票，到门口出示二维码。"}
    return {
        "countdown": [{"title": "", "sheet": each} for each in clocks()],
        "timetable": [
            {**HEADING, "sheet": coming, "days": coming.programme},
            {**HEADING, "sheet": None, "days": written},
        ],
        "place": [
            {**place, "sheet": coming, "venue": coming.venue, "picture": None},
            {**place, "sheet": None, "venue": store, "picture": words.picture()},
        ],
        "sign_up": [
            {**way, "sheet": coming},
            {**way, "sheet": facts(taken=1200)},
            {**way, "sheet": facts(state=Fair.State.CALL)},
            {**way, "sheet": facts(AFTER)},
        ],
        "sign_up_form": [{**way, "sheet": own}],
        "exhibitors": [
            {
                "title": "谁来摆摊",
                "lead": "",
                "sheet": own,
                "exhibitors": own.exhibitors,
                "total": 2,
            }
        ],
        "booth_plan": [{"title": "摊位图", "aisle": "主路 · 试吃长桌", "sheet": own}],
        "hosts": [{"title": "谁办的", "lead": "", "sheet": own}],
    }
