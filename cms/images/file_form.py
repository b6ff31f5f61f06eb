"""The file of a picture in every form of the admin: a broken one is refused in words."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from cms.images.uploads import is_whole


class FileForm(BaseImageForm):
    """Wagtail looks at the beginning of a file, and fails where the rest of it is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            field.to_python = partial(whole_picture, field.to_python)


def whole_picture(to_python: Callable[[Any], Any], data: Any) -> UploadedFile | None:
    """What Wagtail makes of the upload. Kind, weight and pixels are its own refusals."""
    broken = ValidationError(
        _("The picture is broken or incomplete. Save it again and upload it once more."),
        code="broken",
    )
    try:
        file = to_python(data)
    except (OSError, SyntaxError, ValueError) as fault:
        raise broken from fault
    if file is not None and not is_whole(file):
        raise broken
    return file
