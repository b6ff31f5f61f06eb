"""Why an address is not kept. Whoever raises one of these has changed nothing."""

from django.utils.translation import gettext as _

MOST_KEPT = 20


class AddressRefused(Exception):
    """`words` say why in the reader's language."""

    words: str


class TooManyAddresses(AddressRefused):
    @property
    def words(self) -> str:
        return _("You keep %(most)s addresses already. Please delete one first.") % {
            "most": MOST_KEPT
        }


class AlreadyKept(AddressRefused):
    """Another address of the same user has the same recipient and the same door."""

    @property
    def words(self) -> str:
        return _("You keep this address already.")
