"""What can go wrong at the door, in our words."""


class GatewayError(Exception):
    """Any failure at the door."""


class GatewayDown(GatewayError):
    """No answer, or "try later": the call may or may not have had its effect."""


class GatewayRefused(GatewayError):
    """Stripe's no. `code` is the bank's decline code, else Stripe's code, else the error's type."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class ForgedEvent(GatewayError):
    """Not signed with one of our secrets, too old, or no event at all."""
