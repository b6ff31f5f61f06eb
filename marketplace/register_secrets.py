"""What comes to the register of households over the web, and must show up nowhere else.

Django's page and mail about an error show no value of it at all: a name lies in many variables on
its way from the form to the row, most of them not ours, so that marking ours would not do. A sheet
that is sent in stays in memory until it is sealed; Django would write a larger one to a disk.
"""

import re
from types import FrameType
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter

REGISTER = re.compile(r"^(/[a-z-]+)?/dashboard/county/[^/]+/households/")
# Above what a sheet may have, so that one a little too large is refused in words from memory too.
MOST_IN_MEMORY = 8 * 1024**2


def is_register(request: HttpRequest | None) -> bool:
    return request is not None and REGISTER.match(request.path) is not None


class RegisterFilter(SafeExceptionReporterFilter):
    def get_post_parameters(self, request: HttpRequest | None) -> dict | QueryDict:
        if not is_register(request):
            return super().get_post_parameters(request)
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> list[tuple[str, Any]]:
        if not is_register(request):
            return list(super().get_traceback_frame_variables(request, tb_frame))
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]


class RegisterUploadHandler(MemoryFileUploadHandler):
    """Takes what is sent to the register, and leaves all else to the handlers behind it."""

    def handle_raw_input(
        self, _input: object, _meta: dict, content_length: int, *_rest: object
    ) -> None:
        self.activated = is_register(self.request) and content_length <= MOST_IN_MEMORY
