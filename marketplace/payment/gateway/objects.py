"""Stripe's objects as the shop reads them: yuan, UTC, and only the fields that it needs."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from marketplace.payment.gateway.errors import ForgedEvent


@dataclass(frozen=True)
class Intent:
    """One payment. `amount` is what was asked and, once succeeded, what was really received."""

    id: str
    status: str
    amount: Decimal  # yuan
    currency: str
    client_secret: str
    metadata: dict[str, str]
    error: str  # code of the last failed attempt, "" without one
    created: datetime | None = None  # UTC; None only where it was not read from Stripe
    charge_id: str = ""  # of the latest attempt that reached a bank


@dataclass(frozen=True)
class Refund:
    """Money on its way back. `status` is "pending", "requires_action", "succeeded", "failed" or
    "canceled".

    "succeeded" is not the last word: for some weeks the buyer's bank may still send the money
    back to us, and then the refund is "failed" and the same amount can be refunded again.
    """

    id: str
    intent_id: str
    amount: Decimal  # yuan
    currency: str
    status: str
    reason: str  # why it failed, "" unless it did
    metadata: dict[str, str]


@dataclass(frozen=True)
class Event:
    """A notice that comes from Stripe for certain. `intent` and `refund` are what it is about, as
    that was then; both None when it is about something else: charge.refunded tells of a charge.
    """

    id: str
    type: str
    account: str  # "" for our own account
    created: datetime  # UTC
    intent: Intent | None
    refund: Refund | None
    payload: dict[str, Any]


def to_fen(amount: Decimal) -> int:
    fen = amount * 100
    if fen <= 0 or fen != int(fen):
        raise ValueError(f"Not an amount in yuan and fen: {amount}")
    return int(fen)


def to_yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def to_moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def to_intent(data: dict[str, Any]) -> Intent:
    error = data.get("last_payment_error") or {}
    fen = data["amount_received"] if data["status"] == "succeeded" else data["amount"]
    return Intent(
        id=data["id"],
        status=data["status"],
        amount=to_yuan(fen),
        currency=data["currency"],
        client_secret=data.get("client_secret") or "",
        metadata=dict(data.get("metadata") or {}),
        error=error.get("decline_code") or error.get("code") or "",
        created=to_moment(data["created"]),
        charge_id=data.get("latest_charge") or "",
    )


def to_refund(data: dict[str, Any]) -> Refund:
    return Refund(
        id=data["id"],
        intent_id=data.get("payment_intent") or "",
        amount=to_yuan(data["amount"]),
        currency=data["currency"],
        status=data["status"],
        reason=data.get("failure_reason") or "",
        metadata=dict(data.get("metadata") or {}),
    )


def to_event(payload: bytes) -> Event:
    """The notice in a verified body; ForgedEvent when it is none."""
    try:
        return read_event(json.loads(payload))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ForgedEvent("This is not an event.") from error


def read_event(data: dict[str, Any]) -> Event:
    thing = data["data"]["object"]
    kind = thing.get("object")
    return Event(
        id=data["id"],
        type=data["type"],
        account=data.get("account") or "",
        created=to_moment(data["created"]),
        intent=to_intent(thing) if kind == "payment_intent" else None,
        refund=to_refund(thing) if kind == "refund" else None,
        payload=data,
    )
