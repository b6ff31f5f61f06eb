"""What comes over the web to the register of households, to agreements and to benefit records, and
must show up nowhere else.

Django's page and mail about an error show no value of it at all: a name lies in many variables on
its way from the form to the row, most of them not ours, so that marking ours would not do. A file
that is sent in stays in memory until it is sealed; Django would write a larger one to a disk.
"""

import re
from types import FrameType
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter

from marketplace.uploads import MOST_BYTES, MOST_TOGETHER

REGISTER = re.compile(
    r"^(/[a-z-]+)?/dashboard/(county/[^/]+/(households|agreements|records)|c/[^/]+/assistance)/"
)


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
    """Takes what is sent to the register, and leaves all else to the handlers behind it.

    Of a file that is too large, or of files that are so together, the rest is let fall; the form
    refuses them by their size, which is told as it was.
    """

    def handle_raw_input(self, *_input: object) -> None:
        self.activated, self.room = is_register(self.request), MOST_TOGETHER

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.activated:
            return raw_data
        size = len(raw_data)
        if start + size <= MOST_BYTES and size <= self.room:
            self.file.write(raw_data)
            self.room -= size
        return None
