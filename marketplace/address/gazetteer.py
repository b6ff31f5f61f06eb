"""Finding regions at the beginning of a text, by their full names and as people shorten them."""

import re
from collections import defaultdict
from typing import NamedTuple, Self

from catalog.origins.models import Region

PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|"
    "傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|"
    "撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春|各族"
)
AUTONOMOUS = re.compile(f"(?<=..)(?:{PEOPLES})*自治[区州县旗]$")
SUFFIX = {
    Region.Level.PROVINCE: re.compile("[省市]$"),
    Region.Level.CITY: re.compile("(?:市|地区|盟)$"),
    Region.Level.DISTRICT: re.compile("[区县市旗]$"),
    Region.Level.STREET: re.compile("(?:街道|地区|[镇乡])$"),
}
# One place, several endings: registers say 地区 where people say 镇 or 街道.
STREET_ENDINGS = ("街道办事处", "街道", "地区办事处", "地区", "镇", "乡")
# A short name that goes on like this belongs to a road, a gate or a hospital, not to a district.
ROAD = re.compile("[东南西北中内外里前后大小]{0,2}(?:[路街道巷桥门站园寺河]|胡同|医院|大学|公园)")
BETWEEN = re.compile(r"[\s,;.、|/·-]*(?:(?:市辖区|市辖县)[\s,;.、|/·-]*)?")


class Place(NamedTuple):
    """A region as the list has it, without the row."""

    code: str
    name: str
    level: int
    parent: str


class Found(NamedTuple):
    """The deepest region at the beginning of a text, and where the text goes on behind it."""

    place: Place | None
    end: int


def stem_of(place: Place) -> str:
    """The name without its ending; "" when too little would be left of it."""
    stem = SUFFIX[place.level].sub("", AUTONOMOUS.sub("", place.name))
    return stem if len(stem) > 1 and stem != place.name else ""


class Gazetteer:
    """All regions under all their names; one query, read anew for every text."""

    def __init__(self, places: list[Place]) -> None:
        self.places = {place.code: place for place in places}
        self.full, self.short = defaultdict(list), defaultdict(list)
        for place in places:
            stem = stem_of(place)
            self.full[place.name].append(place)
            if stem and place.level == Region.Level.STREET:
                for ending in STREET_ENDINGS:
                    if stem + ending != place.name:
                        self.full[stem + ending].append(place)
            elif stem:
                self.short[stem].append(place)
        self.longest = max((len(name) for name in self.full), default=0)

    @classmethod
    def load(cls) -> Self:
        rows = Region.objects.values_list("code", "name", "level", "parent")
        return cls([Place(code, name, level, parent or "") for code, name, level, parent in rows])

    def read(self, text: str, start: int = 0) -> Found:
        """Walk down from the province, a city or a district named in full, as far as names lead."""
        found, seen = Found(None, start), set()
        while True:
            at = BETWEEN.match(text, found.end).end()
            step = self.step(text, at, found.place)
            if step is None:
                return found
            place, end = step
            if place.code in seen:
                found = Found(found.place, end)
                continue
            seen.add(place.code)
            found = Found(place, end)

    def step(self, text: str, at: int, above: Place | None) -> tuple[Place, int] | None:
        """The longest name at this point that lies below `above`, or repeats it; one place only."""
        for end in range(min(len(text), at + self.longest), at, -1):
            named = [place for place in self.full[text[at:end]] if self.fits(place, above)]
            if not named and not ROAD.match(text, end):
                named = [
                    place for place in self.short[text[at:end]] if self.fits_short(place, above)
                ]
            if place := self.one_of(named, above):
                return place, end
            if named:
                return None
        return None

    def fits(self, place: Place, above: Place | None) -> bool:
        if above is None:
            return place.level < Region.Level.STREET
        return place == above or self.is_below(place, above)

    def fits_short(self, place: Place, above: Place | None) -> bool:
        """Shortened, only what cannot be mistaken: provinces, cities, and the next step down."""
        if above is None:
            return place.level <= Region.Level.CITY
        return place == above or place.parent == above.code

    def is_below(self, place: Place, above: Place) -> bool:
        while place.parent:
            if place.parent == above.code:
                return True
            place = self.places[place.parent]
        return False

    def one_of(self, named: list[Place], above: Place | None) -> Place | None:
        """Two places of one name are told apart only by what stands directly above them."""
        direct = [place for place in named if above and place.parent == above.code]
        candidates = direct or named
        return candidates[0] if len(candidates) == 1 else None
