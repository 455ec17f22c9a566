"""Who asked for the toolkit's mails: an address, a state if it was given, the consent, and days."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class SignupQuerySet(models.QuerySet["ToolkitSignup"]):
    def waiting(self) -> "SignupQuerySet":
        """Asked, and not confirmed yet."""
        return self.filter(confirmed_on=None, left_on=None)

    def on_the_list(self) -> "SignupQuerySet":
        """Confirmed, and not left."""
        return self.filter(confirmed_on__isnull=False, left_on=None)


class ToolkitSignup(models.Model):
    """An address that asked for the mails. It is on the list from the day it confirmed to the day it left.

    `address` is in lower case, so that one person is one row. All moments are days. `mailed_on` is the day of the
    last mail that was handed over, `edition` the toolkit that the address was last mailed about ("RVU26C"). `codes` are
    the list whose changes each mail tells, parted by commas; `codes_asked` a list that waits for the click in a mail.
    """

    address = models.EmailField(max_length=254, unique=True)
    state_of_practice = models.CharField("state", max_length=2, blank=True)
    consent_version = models.CharField(max_length=10)
    consent_text = models.TextField()
    asked_on = models.DateField()
    confirmed_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    mailed_on = models.DateField(null=True, blank=True)
    edition = models.CharField(max_length=60, blank=True)
    codes = models.TextField(blank=True)
    codes_asked = models.TextField(blank=True)

    objects: ClassVar = SignupQuerySet.as_manager()

    class Meta:
        verbose_name = "toolkit sign-up"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(address=Lower(F("address"))), name="signup_address_is_lower"),
            models.CheckConstraint(
                condition=~Q(consent_text="") & ~Q(consent_version=""), name="signup_has_a_consent"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | Q(confirmed_on__gte=F("asked_on")),
                name="signup_confirmed_after_asking",
            ),
        )

    def __str__(self) -> str:
        return f"Toolkit sign-up {self.pk}"


class LeftToolkit(models.Model):
    """An address that left the list, as a digest that nobody can read: it is not written to because others type it."""

    digest = models.CharField(max_length=64, primary_key=True)
    left_on = models.DateField()

    def __str__(self) -> str:
        return f"Left on {self.left_on:%Y-%m-%d}"
