"""The rooms' tasks, where the worker looks for them."""

from marketplace.dashboard.goods.tasks import look_through, write_rows

__all__ = ["look_through", "write_rows"]
