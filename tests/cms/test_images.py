import pytest

from cms.images.models import PageImage
from cms.images.querysets import PAGE_SPECS
from cms.images.services import make_page_renditions
from cms.images.tasks import make_renditions_of
from tests.cms.conftest import picture_file

pytestmark = pytest.mark.django_db


def test_an_upload_gets_all_its_sizes(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        image = PageImage.objects.create(title="field", file=picture_file())
    widths = list(image.renditions.order_by("width").values_list("width", flat=True))
    assert widths == [480, 960, 1600]
    assert {rendition.filter_spec for rendition in image.renditions.all()} == set(PAGE_SPECS)


def test_making_sizes_again_makes_nothing_twice(image):
    make_page_renditions(image=image)
    make_page_renditions(image=image)
    assert image.renditions.count() == 3


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
    assert [size.split()[1] for size in picture.srcset.split(", ")] == ["480w", "960w", "1600w"]


def test_until_its_sizes_are_made_a_picture_is_the_upload(image):
    picture = PageImage.objects.pictures([image.pk])[image.pk]
    assert picture.src == image.file.url
    assert (picture.width, picture.height) == (1800, 900)


def test_a_small_image_is_not_enlarged(db):
    image = PageImage.objects.create(title="small", file=picture_file(size=(600, 300)))
    make_page_renditions(image=image)
    picture = PageImage.objects.pictures([image.pk])[image.pk]
    assert [size.split()[1] for size in picture.srcset.split(", ")] == ["480w", "600w"]
