"""Households of the register. Their data are invented; the numbers fit GB 11643 all the same."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from catalog.households.id_numbers import check_digit
from catalog.households.models import Category, Household, RegisterImport
from catalog.households.sealing import seal_bytes
from catalog.households.services import register_household, set_standing
from catalog.origins.models import Region
from marketplace.accounts.models import User

WUCHUAN, QINGSHUIHE = "150125", "150124"
SURNAMES, GIVEN = "张王李赵刘陈杨周吴郑孙马朱胡郭何高林罗梁", "富贵云凤兰根旺喜秀英"
FIRST_BIRTH, BIRTHS = date(1940, 1, 1), 365 * 50
numbers = count(1)


def valid_id_number(seed: int, region: str = WUCHUAN) -> str:
    """Another one for every seed below 18 million."""
    born = FIRST_BIRTH + timedelta(days=seed % BIRTHS)
    body = f"{region}{born:%Y%m%d}{seed // BIRTHS:03d}"
    return body + check_digit(body)


def typed(seed: int | None = None, **changes: object) -> dict[str, object]:
    """What somebody writes of a household: register_household takes it with county, by and now."""
    seed = next(numbers) if seed is None else seed
    values = {
        "name": SURNAMES[seed % 20] + GIVEN[seed % 10] + GIVEN[seed // 10 % 10],
        "id_number": valid_id_number(seed),
        "phone": f"138{seed % 10**8:08d}",
        "address": f"东坡村{seed}号",
        "begins_on": date(2024, 3, 1),
    }
    return {**values, **changes}


def category(code: str = "lifted") -> Category:
    return Category.objects.get(code=code)


def make_household(
    county: Region | str = WUCHUAN, *, seed: int | None = None, by: User | None = None, **changes
) -> Household:
    """Registered in the county; `changes` are of what is written; category, county and township
    may be codes."""
    if isinstance(county, str):
        county = Region.objects.get(pk=county)
    if isinstance(changes.get("township"), str):
        changes["township"] = Region.objects.get(pk=changes["township"])
    kind = changes.pop("category", "lifted")
    kind = category(kind) if isinstance(kind, str) else kind
    given = typed(seed, **changes)
    return register_household(county=county, category=kind, by=by, now=timezone.now(), **given)


def make_households(count: int, county: Region | str = WUCHUAN, **changes) -> list[Household]:
    return [make_household(county, **changes) for _ in range(count)]


def left(household: Household, begins_on: date) -> Household:
    """Off the register since that day."""
    set_standing(
        county=household.county,
        code=household.code,
        category=household.standings.get(ends_on=None).category,
        status="left",
        begins_on=begins_on,
        by=None,
        now=timezone.now(),
    )
    return household


def import_into(county: str, content: bytes = b"") -> RegisterImport:
    """Looked through, with one good row."""
    return RegisterImport.objects.create(
        county_id=county,
        sealed=seal_bytes(content),
        state=RegisterImport.State.CHECKED,
        rows_total=1,
        rows_seen=1,
        good=1,
        begun_at=timezone.now(),
    )
