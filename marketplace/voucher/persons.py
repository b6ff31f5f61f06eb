"""Whose uses are counted."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """The signed-in user, the mobile number that receives, or both.

    Two who share either are one person: a buyer who orders again as a guest, with the mobile
    number of the first order, has used the voucher already. `mobile` is written as
    accounts.mobile.normalise_mobile does.
    """

    user_id: int | None = None
    mobile: str = ""
