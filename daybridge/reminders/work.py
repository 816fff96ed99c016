"""What the job worker calls every few minutes."""

from django.utils import timezone

from daybridge.reminders import actions


def deliver() -> int:
    """Send what is due now."""
    return actions.deliver(at=timezone.now())
