from importlib import import_module

from oscar.apps.search import apps


class SearchConfig(apps.SearchConfig):
    name = "marketplace.search"

    def ready(self) -> None:
        super().ready()
        import_module("marketplace.search.receivers")
