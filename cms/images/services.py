"""Making the fixed sizes of page images, so that no page waits for one."""

from collections.abc import Sequence
from datetime import date

from cms.images.models import PageImage, PageRendition, PictureConsent
from cms.images.querysets import PAGE_SPECS


def make_page_renditions(*, image: PageImage, specs: Sequence[str] = PAGE_SPECS) -> None:
    """Make what is missing of the fixed sizes; running it again makes nothing twice."""
    for rendition in image.get_renditions(*specs).values():
        rendition.file.close()


def remove_renditions_without_consent(*, day: date) -> None:
    """Pages show them no longer; their files shall not be found by whoever kept an address."""
    withdrawn = PageImage.objects.without_consent(day)
    PageRendition.objects.filter(image__in=withdrawn).delete()


def remove_pictures_of(*, consent: PictureConsent) -> None:
    """Of whoever has withdrawn, nothing is kept (个人信息保护法 47): neither sizes nor uploads.

    Pages lose them with the row; Wagtail deletes the files after the commit.
    """
    PageImage.objects.filter(consent=consent).delete()


def remove_withdrawn_pictures() -> None:
    """Also what was tied to a consent while its withdrawal was being recorded."""
    PageImage.objects.filter(consent__withdrawn_on__isnull=False).delete()
