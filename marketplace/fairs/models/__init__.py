"""A fair: what it is, who shows at it, where they stand, and who comes."""

from marketplace.fairs.models.booths import Allotment, Booth, Zone
from marketplace.fairs.models.exhibitors import (
    CountyQuota,
    Exhibitor,
    ExhibitorProduct,
    ExhibitorStep,
    Question,
    Review,
    Reviewer,
)
from marketplace.fairs.models.fair import Fair, FairOrganisation, FairStep, Organisation
from marketplace.fairs.models.visitors import CheckIn, Door, Seat, Session, Ticket

__all__ = [
    "Allotment",
    "Booth",
    "CheckIn",
    "CountyQuota",
    "Door",
    "Exhibitor",
    "ExhibitorProduct",
    "ExhibitorStep",
    "Fair",
    "FairOrganisation",
    "FairStep",
    "Organisation",
    "Question",
    "Review",
    "Reviewer",
    "Seat",
    "Session",
    "Ticket",
    "Zone",
]
