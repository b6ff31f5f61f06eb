from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks

from cms.images.querysets import PageImageQuerySet


@hooks.register("construct_image_chooser_queryset")
def leave_out_without_consent(images: PageImageQuerySet, request: HttpRequest) -> PageImageQuerySet:
    return images.agreed(timezone.localdate())
