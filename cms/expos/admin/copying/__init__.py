"""A new fair from the pages and rows of an earlier one."""
