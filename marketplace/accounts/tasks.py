from celery import shared_task
from django.core.mail import EmailMessage


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=6)
def deliver_mail(subject: str, body: str, sender: str, recipients: list[str]) -> None:
    """Mails about the account itself, as a link for a new password. A mail server that
    refuses (SMTPException is an OSError) is asked again for about two minutes."""
    EmailMessage(subject, body, sender, recipients).send()
