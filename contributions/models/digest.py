"""Which of our staff asked for a mail a day that says what waits for them."""

from django.conf import settings
from django.db import models


class StaffDigest(models.Model):
    """There while a member of staff wants the mail; `sent_on` is the day of the last one that was handed over."""

    staff = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    sent_on = models.DateField(null=True, blank=True)

    staff_id: int

    def __str__(self) -> str:
        return f"Daily mail of account {self.staff_id}"
