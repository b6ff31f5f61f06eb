"""Where uploads lie: in folders of this machine, or in one bucket that speaks S3."""

from urllib.parse import unquote, urlsplit

from . import env

_BUCKET = urlsplit(env.STORAGE_URL)
# From there browsers fetch pictures; "" while they come from here.
BUCKET_HOST = _BUCKET.netloc.rpartition("@")[2]


def uploads_storage() -> dict:
    """What everybody may see, under addresses that stay as they are."""
    if not env.STORAGE_URL:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return bucket_storage(custom_domain=f"{BUCKET_HOST}/{bucket_name()}")


def private_storage() -> dict:
    """Papers that only some may see: below var/, or below private/ of the same bucket."""
    if not env.STORAGE_URL:
        place = {"location": env.VAR_DIR / "private"}
        return {"BACKEND": "marketplace.uploads.PrivateFiles", "OPTIONS": place}
    return bucket_storage(location="private", default_acl="private")


def bucket_storage(**more: str) -> dict:
    """A file never takes the place of another one of the same name."""
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(_BUCKET.username or ""),
            "secret_key": unquote(_BUCKET.password or ""),
            "endpoint_url": f"https://{BUCKET_HOST}",
            "bucket_name": bucket_name(),
            "file_overwrite": False,
            **more,
        },
    }


def bucket_name() -> str:
    return _BUCKET.path.strip("/")


STORAGES = {
    "default": uploads_storage(),
    "private": private_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
