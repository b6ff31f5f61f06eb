"""Processes that are killed: what they had begun is finished, or never was."""
