"""Days of Beijing as moments."""

from datetime import date, datetime, time

from django.utils import timezone


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
