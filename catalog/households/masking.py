"""What a screen shows of a household before anybody asks for more: enough to tell two apart."""

from catalog.households.models import Household
from catalog.households.sealing import HIDDEN
from marketplace.accounts.mobile import masked as masked_mobile

NOTHING = "—"


def masked_name(household: Household) -> str:
    """张*: no star says how long the name is."""
    return f"{household.name.open()[0]}*" if household.name else NOTHING


def masked_fields(household: Household) -> dict[str, str]:
    """By field of Household.SEALED; what is not known is a dash. The number shows the region that
    issued it, the address nothing, as the township stands beside it."""
    number, phone = household.id_number, household.phone
    return {
        "name": masked_name(household),
        "id_number": f"{number.open()[:6]}************" if number else NOTHING,
        "phone": masked_mobile(phone.open()) if phone else NOTHING,
        "address": HIDDEN if household.address else NOTHING,
    }
