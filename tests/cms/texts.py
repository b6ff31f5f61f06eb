"""Short texts of stories and brands, as the demonstration has them, and what they name."""


def both(**words):
    return {**words, **{f"{name}_en": f"English {word}" for name, word in words.items()}}


def pictured(image, alt):
    return {"image": image, **both(image_alt=alt)}


SECTIONS = [
    {"type": "text", **both(text="<p>窖口朝南</p>")},
    {"type": "quote", **both(text="里头几万斤呢", who="守窖的人（虚构）", role="上秃亥")},
    {"type": "picture", **pictured("field.webp", "土豆垄"), **both(caption="七月")},
    {
        "type": "gallery",
        **both(title="两张"),
        "pictures": [
            {**pictured("field.webp", "土豆垄"), **both(caption="垄头")},
            {**pictured("story-cellar.webp", "一口土窖"), **both(caption="窖口")},
        ],
    },
    {
        "type": "figures",
        **both(title="几个数", lead="每个数都有来处"),
        "figures": [
            {"number": "9", **both(unit="个", label="乡镇", source="代码"), "as_of": "2024-11-01"},
            {"number": "20", **both(unit="天", label="翻醋", source="演示数据")},
        ],
    },
    {"type": "assistance", **both(title="帮扶数字", lead="按批公布"), "figures": ["paid"]},
    {
        "type": "questions",
        **both(title="常问的"),
        "questions": [both(question="怎么放？", answer="背阴")],
    },
    {"type": "shelf", **both(title="几样"), "goods": [1, 2]},
    {"type": "producer_cards", **both(title="谁种的"), "cooperatives": ["P4"]},
    {"type": "countdown", **both(title="离开集"), "fair": "new-year"},
    {"type": "timetable", **both(title="节目", lead="三天"), "fair": "new-year"},
    {"type": "place", **both(title="怎么去", lead=""), "fair": "new-year"},
    {"type": "sign_up", **both(title="预约", text="一个手机号一张票。"), "fair": "new-year"},
]

STORIES = {
    "index": {"slug": "stories", **both(title="品牌故事", kicker="地里", summary="地里的事")},
    "story": [
        {
            "slug": "cellar",
            **both(title="下窖那天", kicker="上秃亥", summary="九月末", teller="守窖人（虚构）"),
            **pictured("story-cellar.webp", "一口土窖"),
            "days_ago": 9,
            "county": "150125",
            "specialty": "oat",
            "section": SECTIONS,
        },
    ],
}

BRANDS = {
    "index": {
        "slug": "brands",
        **both(title="四样本事", kicker="两麦", summary="各有各的脾气"),
        "section": [{"type": "text", **both(text="<p>一条路串着</p>")}],
    },
    "brand": [
        {
            "slug": "oats",
            **both(title="先炒后磨", kicker="武川", summary="坡上的裸燕麦"),
            **pictured("field.webp", "土豆垄"),
            "specialty": "oat",
            "colour": "oat",
            "section": [
                {
                    "type": "shelf",
                    **both(title="燕麦"),
                    "rule": "specialty",
                    "specialty": "oat",
                    "count": 4,
                }
            ],
        },
    ],
    "county": [
        {
            "slug": "wuchuan",
            **both(title="武川县", kicker="北坡", summary="翻过山"),
            **pictured("field.webp", "土豆垄"),
            "county": "150125",
            "section": [
                {
                    "type": "shelf",
                    **both(title="从武川来的"),
                    "rule": "county",
                    "county": "150125",
                    "count": 4,
                }
            ],
        },
    ],
}

FAIRS = {
    "index": {"slug": "expos", **both(title="展销会", kicker="进京", summary="带着货到北京来")},
    "fair": [
        {
            "key": "new-year",
            "slug": "nianhuo",
            **both(name="年货进京"),
            **pictured("field.webp", "彩棚货摊"),
            "phone_image": "story-cellar.webp",
            "page": {
                **both(kicker="年货", introduction="三天，一个厅", thanks="谢谢"),
                "title": ["一袋新麦，", "一只羊"],
                "title_en": ["New oats,", "a sheep"],
            },
            "section": [
                {"type": "exhibitors", **both(title="谁来摆摊", lead="十三家"), "count": 8},
                {"type": "booth_plan", **both(title="摊位图", aisle="主路")},
                {
                    "type": "shelf",
                    **both(title="带来的货"),
                    "rule": "fair",
                    "fair": "new-year",
                    "count": 4,
                },
                {"type": "timetable", **both(title="节目")},
                {"type": "sign_up", **both(title="预约", text="一个手机号一张票")},
                {"type": "place", **both(title="怎么来")},
                {"type": "hosts", **both(title="谁办的")},
            ],
        },
    ],
}
