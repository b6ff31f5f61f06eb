"""The steps of the wizard as the clerk's phone sends them."""

from marketplace.listings.models import Proposal

GOODS = "/en/dashboard/c/mill/goods/"


REVIEW = "/en/dashboard/goods/"


def path(proposal, step="") -> str:
    tail = f"{step}/" if step else ""
    return f"{GOODS}proposals/{proposal.pk}/{tail}"


def fresh(proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def send(clerk, proposal, step, follow=True, **data):
    data = {"seen": fresh(proposal).version} | data
    return clerk.post(path(proposal, step), data, follow=follow)


def text_of(response) -> str:
    return response.content.decode()
