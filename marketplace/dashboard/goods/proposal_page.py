"""One proposal as both sides read it: what is new, what is missing, what happened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.dashboard.goods.diff import PictureRow, TextRow, picture_rows, text_rows
from marketplace.dashboard.goods.reasons import missing_words
from marketplace.listings.models import Proposal, ProposalPaper
from marketplace.listings.problems import missing_elsewhere, problems_of
from marketplace.listings.refusals import Problem


def steps_of(proposal: Proposal) -> list[tuple[str, str]]:
    """The steps of the wizard by name; a live good only gets sizes that it has not yet."""
    return [
        ("what", _("What it is")),
        ("words", _("In words")),
        ("packs", _("Packs, price, stock") if proposal.is_new else _("New sizes")),
        ("pictures", _("Pictures")),
        ("papers", _("Papers")),
    ]


class StepLink(NamedTuple):
    label: str
    url: str
    problems: list[str]


class PaperRow(NamedTuple):
    """A paper that comes with it, and where its photo is handed out."""

    paper: ProposalPaper
    url: str


@dataclass(frozen=True)
class ProposalPage:
    """`missing` are papers that the business or a lot must still hold before it is for sale."""

    proposal: Proposal
    problems: list[Problem]
    missing: list[str]
    texts: list[TextRow]
    pictures: list[PictureRow]
    papers: list[PaperRow]

    @property
    def steps(self) -> list[StepLink]:
        args = [self.proposal.cooperative.slug, self.proposal.pk]
        return [
            StepLink(
                label,
                reverse("backoffice:proposal_step", args=[*args, name]),
                [problem.words for problem in self.problems if problem.step == name],
            )
            for name, label in steps_of(self.proposal)
        ]

    @property
    def answer(self) -> str:
        """Why the market returned it, if it did."""
        if self.proposal.state != Proposal.State.RETURNED:
            return ""
        return next((step.reason for step in self.proposal.steps.all() if step.reason), "")


def read_proposal(
    proposal: Proposal, *, day: date, address: Callable[[ProposalPaper], str]
) -> ProposalPage:
    """Of a proposal that was read `for_page`; `address` is of a paper's photo at this desk."""
    return ProposalPage(
        proposal,
        problems_of(proposal) if proposal.is_open else [],
        [missing_words(required) for required in missing_elsewhere(proposal, day)],
        text_rows(proposal),
        picture_rows(proposal),
        [PaperRow(one, address(one) if one.file else "") for one in proposal.papers.all()],
    )
