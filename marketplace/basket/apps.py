from importlib import import_module

from oscar.apps.basket import apps


class BasketConfig(apps.BasketConfig):
    name = "marketplace.basket"

    def ready(self) -> None:
        super().ready()
        import_module("marketplace.basket.receivers")
