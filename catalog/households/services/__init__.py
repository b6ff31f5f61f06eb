"""Writing the register: one service for each thing that somebody does."""

from catalog.households.services.erasing import erase_due, erase_household
from catalog.households.services.registering import change_household, register_household
from catalog.households.services.reveals import reveal_field
from catalog.households.services.standings import set_standing

__all__ = [
    "change_household",
    "erase_due",
    "erase_household",
    "register_household",
    "reveal_field",
    "set_standing",
]
