"""Files as phones and scanners make them, and those that somebody should not send."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from marketplace.uploads import private_storage

GPS_TAG, ORIENTATION_TAG = 0x8825, 0x0112
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def photo(*, form: str = "JPEG", size: tuple[int, int] = (40, 30), name: str = "IMG_1.jpg"):
    """Taken on its side by a phone that wrote where it was."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = 6
    exif.get_ifd(GPS_TAG)[1] = "N"
    taken = BytesIO()
    Image.new("RGB", size, "#c28a1e").save(taken, form, exif=exif)
    return SimpleUploadedFile(name, taken.getvalue(), "image/jpeg")


def pdf(data: bytes = PDF, name: str = "licence.pdf"):
    return SimpleUploadedFile(name, data, "application/pdf")


def named_photo(data: bytes):
    """Something else that calls itself a photo."""
    return SimpleUploadedFile("IMG_2.jpg", data, "image/jpeg")


def private_files() -> set[str]:
    """Names of the papers in the store."""
    folder = private_storage()
    return set(folder.listdir("papers")[1]) if folder.exists("papers") else set()


def large_png() -> SimpleUploadedFile:
    """Few bytes that unpack to more pixels than any phone has."""
    drawn = BytesIO()
    Image.new("1", (12_000, 10_000)).save(drawn, "PNG")
    return SimpleUploadedFile("IMG_3.png", drawn.getvalue(), "image/png")


# What is sent in place of a photo to be shown, and what is said to it.
BAD_PHOTOS = [
    (lambda: named_photo(SVG), "This is not a photo that can be read."),
    (lambda: named_photo(b"MZ" + bytes(2000)), "This is not a photo that can be read."),
    (large_png, "too many pixels"),
    (lambda: named_photo(bytes(50 * 1024**2)), "at most 20 MB"),
    (lambda: named_photo(b""), "This file is empty."),
    (lambda: photo(size=(300, 900)), "too small"),
]


def archive(parts: dict[str, bytes]) -> bytes:
    """A ZIP of these, as any workbook is one."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return buffer.getvalue()


# A workbook of 40 KB whose sheet takes 40 MB.
BOMB = archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"\0" * 40 * 1024**2})
