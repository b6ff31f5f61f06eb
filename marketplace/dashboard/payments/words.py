"""What there is to say about money that a person must decide, or that was mended."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.payment.models import Finding

NAMED_AT_MOST = 5
Kind = Finding.Kind

WHAT_TO_DO = {
    Kind.MISMATCH: gettext_lazy(
        "Nothing was noted as paid. Look at Stripe which sum came and in which currency, give it "
        "back there, and ask the buyer to pay again."
    ),
    Kind.UNKNOWN_MONEY: gettext_lazy(
        "Somebody paid for an order that is not here. Find out at Stripe who it was and give the "
        "money back there."
    ),
    Kind.SECOND_MONEY: gettext_lazy(
        "The order goes by another payment. Give this one back at Stripe; that of the order stays."
    ),
    Kind.NO_MONEY: gettext_lazy(
        "Do not send the goods yet. Look the payment up at Stripe; if the money is not there, "
        "cancel the order and write to the buyer."
    ),
    Kind.UNKNOWN_REFUND: gettext_lazy(
        "Somebody gave this money back at Stripe itself; the order here does not count it. Find "
        "out who and why, and give nothing back twice."
    ),
    Kind.REFUND_DIFFERS: gettext_lazy(
        "Stripe gave back another sum than was written down here. Compare both and pay or ask for "
        "the difference."
    ),
    Kind.REFUND_FAILED: gettext_lazy(
        "The buyer's bank did not take the money, and it is with us again. Try again; if it fails "
        "once more, ask the buyer for another way."
    ),
    Kind.LEDGER: gettext_lazy(
        "Do not pay anything out for this order until it is clear why. Compare its payment, its "
        "refunds and its ledger on the order's page."
    ),
}

HEALED = {
    "event": gettext_lazy("Messages of Stripe's that had not arrived, taken in"),
    "payment": gettext_lazy("Payments that had not been noted, noted"),
    "refund": gettext_lazy("Refunds whose end had not been noted, noted"),
    "ledger": gettext_lazy("Money that the ledger had not been told of, posted"),
    "stray_intent": gettext_lazy("Payments begun that nobody needs, closed"),
}


def healed_words(healed: Iterable[list[str]]) -> list[str]:
    """What a comparison mended, one sentence for each kind, with the first few names."""
    by_kind: dict[str, list[str]] = {}
    for kind, name in healed:
        by_kind.setdefault(kind, []).append(name)
    return [
        _("%(what)s (%(count)s): %(names)s")
        % {"what": HEALED.get(kind, kind), "count": len(names), "names": first_few(names)}
        for kind, names in by_kind.items()
    ]


def first_few(names: list[str]) -> str:
    more = ["…"] if len(names) > NAMED_AT_MOST else []
    return ", ".join([*names[:NAMED_AT_MOST], *more])
