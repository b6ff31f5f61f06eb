from dataclasses import replace
from pathlib import PurePath

import pytest
from django.template.loader import render_to_string

from cms.images.models import PageImage
from cms.images.querysets import AVIF_SPECS, PAGE_SPECS
from cms.images.services import make_page_renditions
from cms.images.tasks import make_renditions_of
from tests.cms.conftest import picture_file

pytestmark = pytest.mark.django_db


def test_an_upload_gets_all_its_sizes(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        image = PageImage.objects.create(title="field", file=picture_file())
    widths = list(image.renditions.order_by("width").values_list("width", flat=True))
    assert widths == [480, 480, 960, 960, 1600, 1600]
    assert {rendition.filter_spec for rendition in image.renditions.all()} == set(PAGE_SPECS)


def test_making_sizes_again_makes_nothing_twice(image):
    make_page_renditions(image=image)
    make_page_renditions(image=image)
    assert image.renditions.count() == 6


def test_an_image_deleted_meanwhile_is_no_fault(image):
    pk = image.pk
    image.delete()
    make_renditions_of(pk)
    assert not PageImage.objects.filter(pk=pk).exists()


def test_a_picture_is_read_in_one_query(image, django_assert_num_queries):
    make_page_renditions(image=image)
    with django_assert_num_queries(1):
        picture = PageImage.objects.pictures([image.pk])[image.pk]
    assert (picture.width, picture.height, picture.alt) == (1600, 800, "田野")
    assert names(picture.srcset) == [(".webp", 480), (".webp", 960), (".webp", 1600)]
    assert names(picture.avif_srcset) == [(".avif", 480), (".avif", 960), (".avif", 1600)]


def names(srcset):
    """Kind of file and width, of each address."""
    sizes = [size.split() for size in srcset.split(", ") if size]
    return [(PurePath(url).suffix, int(width.removesuffix("w"))) for url, width in sizes]


@pytest.mark.parametrize("missing", [[0], [1, 2], [0, 1, 2]])
def test_a_picture_whose_avif_sizes_are_missing_shows_webp(image, missing):
    make_page_renditions(image=image)
    specs = [AVIF_SPECS[number] for number in missing]
    image.renditions.filter(filter_spec__in=specs).delete()
    picture = PageImage.objects.pictures([image.pk])[image.pk]
    assert names(picture.srcset) == [(".webp", 480), (".webp", 960), (".webp", 1600)]
    assert picture.avif_srcset == ""


def test_avif_is_offered_first_and_webp_to_everybody(image):
    make_page_renditions(image=image)
    picture = PageImage.objects.pictures([image.pk])[image.pk]
    html = render_to_string("components/picture.html", {"picture": picture, "sizes": "50vw"})
    assert f'<source type="image/avif" srcset="{picture.avif_srcset}" sizes="50vw">' in html
    assert f'srcset="{picture.srcset}" sizes="50vw" width="1600" height="800"' in html
    plain = render_to_string(
        "components/picture.html", {"picture": replace(picture, avif_srcset="")}
    )
    assert "<picture>" not in plain
    assert f'src="{picture.src}"' in plain


def test_until_its_sizes_are_made_a_picture_is_the_upload(image):
    picture = PageImage.objects.pictures([image.pk])[image.pk]
    assert picture.src == image.file.url
    assert (picture.width, picture.height) == (1800, 900)


def test_a_small_image_is_not_enlarged(db):
    image = PageImage.objects.create(title="small", file=picture_file(size=(600, 300)))
    make_page_renditions(image=image)
    picture = PageImage.objects.pictures([image.pk])[image.pk]
    assert names(picture.srcset) == [(".webp", 480), (".webp", 600)]
    assert names(picture.avif_srcset) == [(".avif", 480), (".avif", 600)]
