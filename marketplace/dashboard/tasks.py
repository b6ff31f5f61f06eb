"""The rooms' tasks, where the worker looks for them."""

from marketplace.dashboard.goods.tasks import look_through, write_rows
from marketplace.reports.export_tasks import make_export

__all__ = ["look_through", "make_export", "write_rows"]
