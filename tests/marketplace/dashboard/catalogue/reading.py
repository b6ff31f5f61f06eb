"""The operator's pages of all goods, as they are read."""

LIST = "/en/dashboard/all-goods/"


def path(good, room: str = "") -> str:
    return f"{LIST}{good.pk}/{room}"


def read(office, good) -> str:
    return office.get(path(good)).content.decode()
