from importlib import import_module

from oscar.apps.catalogue import apps


class CatalogueConfig(apps.CatalogueConfig):
    name = "catalog"

    def ready(self) -> None:
        super().ready()
        import_module("catalog.receivers")
