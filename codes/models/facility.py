"""What Medicare pays facilities for a code: surgery centers and outpatient hospitals. Dollars for the whole country."""

from decimal import Decimal

from django.db import models

from codes.models.release import Release


def dollars() -> "models.DecimalField[Decimal | None, Decimal | None]":
    """Dollars, for drugs with three decimals; None where CMS prints none."""
    return models.DecimalField(max_digits=11, decimal_places=3, null=True)


class AscRate(models.Model):
    """One row of the ASC addenda. A code of Addendum EE is excluded from surgery centers and has no indicator."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    addendum = models.CharField(max_length=2)
    indicator = models.CharField(max_length=2, blank=True)
    is_discounted = models.BooleanField(default=False)
    is_preventive = models.BooleanField(default=False)
    rate = dollars()
    copayment = dollars()

    class Meta:
        verbose_name, verbose_name_plural = "surgery center rate", "surgery center rates"
        constraints = (
            models.UniqueConstraint(fields=["release", "code"], name="one_asc_row_a_code"),
            models.CheckConstraint(
                condition=models.Q(addendum__in=["AA", "BB", "EE"]), name="asc_addendum_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.addendum} {self.indicator} {self.rate}"


class HospitalAmounts(models.Model):
    """What both addenda of outpatient hospitals say of a service: CMS's payment rate, and three copayments."""

    rate = dollars()
    national_copayment = dollars()
    minimum_copayment = dollars()
    adjusted_copayment = dollars()

    class Meta:
        abstract = True


class ApcRate(HospitalAmounts):
    """One row of OPPS Addendum A: a group of hospital services that are paid alike, with CMS's title."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    apc = models.CharField(max_length=4)
    title = models.CharField(max_length=250)
    status = models.CharField(max_length=2)

    class Meta:
        verbose_name, verbose_name_plural = "outpatient hospital group", "outpatient hospital groups"
        constraints = (models.UniqueConstraint(fields=["release", "apc"], name="one_apc_row_a_group"),)

    def __str__(self) -> str:
        return f"{self.apc} {self.title} {self.status} {self.rate}"


class OppsRate(HospitalAmounts):
    """One row of OPPS Addendum B."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    status = models.CharField(max_length=2)
    apc = models.CharField(max_length=4, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "outpatient hospital rate", "outpatient hospital rates"
        constraints = (models.UniqueConstraint(fields=["release", "code"], name="one_opps_row_a_code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.status} {self.apc} {self.rate}"
