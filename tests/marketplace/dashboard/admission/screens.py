"""Addresses and what is read from the pages behind them."""

import re

from marketplace.uploads import private_storage

APPLY, LIST = "/en/dashboard/apply/", "/en/dashboard/applications/"
COUNTY = "/en/dashboard/county/150125/applications/"
ROW = re.compile(r'class="row__title" href="[^"]*/(\d+)/"')
COUNT = re.compile(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)<')
PAPER = {
    "kind": "business_licence",
    "number": "91150125",
    "issuer": "武川县市监局",
    "valid_from": "2012-05-01",
    "valid_until": "",
}


def text(client, path, **params) -> str:
    response = client.get(path, params)
    assert response.status_code == 200
    return response.content.decode()


def kept_files() -> set[str]:
    storage = private_storage()
    return {
        name
        for folder in ("papers", "sheets")
        if storage.exists(folder)
        for name in storage.listdir(folder)[1]
    }


def page(application) -> str:
    return f"{APPLY}{application.pk}/"
