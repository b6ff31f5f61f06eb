"""What Django's page and mail about an error show of the register of households: no value at all.

A name lies in many variables on its way from the form to the row, most of them not ours, so that
marking ours would not do.
"""

import re
from types import FrameType
from typing import Any

from django.http import HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter

REGISTER = re.compile(r"^(/[a-z-]+)?/dashboard/county/[^/]+/households/")


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
