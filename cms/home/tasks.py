from celery import shared_task
from django.utils import timezone

from cms.home.scheduling import follow_schedule


@shared_task
def publish_scheduled() -> None:
    follow_schedule(now=timezone.now())
