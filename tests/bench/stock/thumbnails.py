"""Stands in for sorl-thumbnail, which Oscar proposes and we do not install.

Without any thumbnailer Oscar's templates log an error for every picture; this one spares the
stock shop both that and sorl's reads of the cache.
"""

from django.db.models.fields.files import FieldFile


class WholePicture:
    def generate_thumbnail(self, source: FieldFile, **_: object) -> FieldFile:
        return source

    def delete_thumbnails(self, source: FieldFile) -> None:
        """There are none."""
