"""Stripe's wire format: nested form fields come in, error objects go out."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

Params = dict[str, Any]


class ApiError(Exception):
    """A refusal as Stripe words it. `kept`: its Idempotency-Key will get the same answer again."""

    def __init__(self, message: str, code: str = "", param: str = "", **more: Any) -> None:
        self.status, self.kept = more.pop("status", 400), more.pop("kept", False)
        error = {"type": "invalid_request_error", "message": message, "code": code, "param": param}
        self.body = {"error": {name: value for name, value in {**error, **more}.items() if value}}


def parse_form(source: str) -> Params:
    """`a[b]=1&c[]=2&c[]=3` as {"a": {"b": "1"}, "c": {"0": "2", "1": "3"}}."""
    tree: Params = {}
    for name, value in parse_qsl(source, keep_blank_values=True):
        node = tree
        *branches, leaf = name.replace("]", "").split("[")
        for part in branches:
            node = node.setdefault(part or str(len(node)), {})
        node[leaf or str(len(node))] = value
    return tree


def need(params: Params, name: str, among: Iterable[str] = ()) -> str:
    value = params.get(name)
    if not value:
        raise ApiError(f"Missing required param: {name}.", "parameter_missing", name)
    if among and value not in among:
        raise ApiError(f"Invalid {name}: must be one of {', '.join(among)}.", param=name)
    return value


def whole(params: Params, name: str, least: int, most: int) -> int:
    value = need(params, name)
    if not (value.isascii() and value.isdigit()):
        raise ApiError(f"Invalid integer: {value}", "parameter_invalid_integer", name)
    if not least <= int(value) <= most:
        size = "small" if int(value) < least else "large"
        raise ApiError(f"{name} must be {least} to {most}", f"{name}_too_{size}", name)
    return int(value)
