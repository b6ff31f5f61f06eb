"""Files as phones and scanners make them, and those that somebody should not send."""

from io import BytesIO

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
