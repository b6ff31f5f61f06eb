"""Pages of the site with something on them."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from cms.home.models import HomePage
from cms.images.models import PageImage
from tests.factories import ProductFactory
from tests.factories.fairs import FairFactory


def picture_file(name="field.png", size=(1800, 900)):
    buffer = BytesIO()
    Image.new("RGB", size, "#c28a1e").save(buffer, "PNG")
    return ImageFile(BytesIO(buffer.getvalue()), name=name)


@pytest.fixture
def image(db):
    return PageImage.objects.create(
        title="field", file=picture_file(), alt_text="田野", alt_text_en="A field"
    )


@pytest.fixture
def home(db):
    return HomePage.objects.get(slug="home")


@pytest.fixture
def english_home(db):
    return HomePage.objects.get(slug="home-en")


def publish(page, **values):
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def lead(image, **values):
    return (
        "lead",
        {
            "poem": ["两麦一薯一羊", "从阴山北麓", "到北京餐桌"],
            "image": image.pk,
            "phone_image": image.pk,
            "notes": [{"title": "运费一口价", "text": "付款前合计就在眼前"}],
            "button": {"label": "逛这一集", "url": "/shop/"},
            **values,
        },
    )


def shelf(**values):
    return ("shelf", {"title": "这几天下锅", **values})


def every_section(image, page, **shelf_values):
    return [
        lead(image),
        ("specialties", {"title": "四样本事"}),
        shelf(**shelf_values),
        (
            "story",
            {
                "title": "下窖那天",
                "text": "风里都是土味",
                "image": image.pk,
                "link": {"label": "读完", "page": page.pk},
            },
        ),
        ("producers", {"title": "谁种的"}),
        ("promises", {"promises": [{"title": "证照不全，不上架", "text": "过了期就下架"}]}),
    ]


@pytest.fixture
def named(tmp_path, db):
    """What the texts of tests.cms.texts name: pictures, two goods, who grows them, a fair."""
    for name in ("home.webp", "home-m.webp", "story-cellar.webp", "field.webp"):
        (tmp_path / name).write_bytes(picture_file(size=(300, 150)).read())
    first, second = ProductFactory.create_batch(2)
    return {
        "images": tmp_path,
        "goods": {1: first.pk, 2: second.pk},
        "cooperatives": {"P4": first.cooperative_id},
        "fairs": {"new-year": FairFactory().pk},
        "day": date(2026, 11, 30),
    }
