"""Reading the programme, the visitors and the doors of a fair."""

from django.db import models


class SessionQuerySet(models.QuerySet):
    pass


class TicketQuerySet(models.QuerySet):
    pass


class SeatQuerySet(models.QuerySet):
    pass


class DoorQuerySet(models.QuerySet):
    pass


class CheckInQuerySet(models.QuerySet):
    pass
