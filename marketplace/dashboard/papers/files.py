"""Handing out what no public address leads to, to whoever the caller let in."""

from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

# A picture was drawn anew and may be shown; a PDF is only ever saved.
SHOWN = {".jpg": "image/jpeg"}
SAVED = {".pdf": "application/pdf"}


def hand_out(file: FieldFile) -> HttpResponse:
    """The whole file, which is small. Raises Http404 when there is none."""
    name = PurePath(file.name or "").name
    kind = PurePath(name).suffix
    if kind not in SHOWN | SAVED:
        raise Http404
    try:
        with file.open("rb") as opened:
            response = HttpResponse(opened.read(), content_type=(SHOWN | SAVED)[kind])
    except FileNotFoundError as missing:
        raise Http404 from missing
    response["Content-Disposition"] = content_disposition_header(kind in SAVED, name) or "inline"
    return response
