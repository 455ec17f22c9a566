"""The physician fee schedule and its companions, as CMS prints them."""

from decimal import Decimal

from django.db import models

from codes.models.release import Release


def rvu() -> "models.DecimalField[Decimal, Decimal]":
    """A relative value unit or a share: two decimals in every file."""
    return models.DecimalField(max_digits=8, decimal_places=2)


def money() -> "models.DecimalField[Decimal, Decimal]":
    """Dollars and cents."""
    return models.DecimalField(max_digits=10, decimal_places=2)


class FeeScheduleRow(models.Model):
    """One row of PPRRVU: a code, or one component (26, TC, 53) of it. Indicators stay text."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    description = models.CharField(max_length=60, blank=True, help_text="Only where the licence was accepted")
    status = models.CharField(max_length=1)
    not_used_for_medicare = models.BooleanField(default=False)
    work_rvu = rvu()
    nonfacility_pe_rvu = rvu()
    nonfacility_na = models.BooleanField(default=False)
    facility_pe_rvu = rvu()
    facility_na = models.BooleanField(default=False)
    malpractice_rvu = rvu()
    pctc = models.CharField(max_length=1)
    global_days = models.CharField(max_length=3)
    preoperative_share = rvu()
    intraoperative_share = rvu()
    postoperative_share = rvu()
    multiple_procedure = models.CharField(max_length=1)
    bilateral_surgery = models.CharField(max_length=1)
    assistant_surgery = models.CharField(max_length=1)
    co_surgeons = models.CharField(max_length=1)
    team_surgery = models.CharField(max_length=1)
    pricing_indicator = models.CharField(max_length=1, blank=True)
    endoscopic_base = models.CharField(max_length=5, blank=True)
    physician_supervision = models.CharField(max_length=2, blank=True)
    calculation_flag = models.CharField(max_length=1, blank=True)
    imaging_family = models.CharField(max_length=2, blank=True)
    opps_nonfacility_pe = rvu()
    opps_facility_pe = rvu()
    opps_malpractice = rvu()

    class Meta:
        verbose_name, verbose_name_plural = "fee schedule row", "fee schedule rows"
        constraints = (
            models.UniqueConstraint(
                fields=["release", "code", "modifier"], name="one_row_a_code_and_component"
            ),
            models.CheckConstraint(
                condition=models.Q(modifier__in=["", "26", "TC", "53"]), name="component_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}-{self.modifier}" if self.modifier else self.code


class OppsCap(models.Model):
    """One row of OPPSCAP: the ceiling on an imaging amount in one locality, in dollars."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    status = models.CharField(max_length=1)
    mac = models.CharField(max_length=5)
    locality = models.CharField(max_length=2)
    facility_price = money()
    nonfacility_price = money()

    class Meta:
        verbose_name, verbose_name_plural = "OPPS cap", "OPPS caps"
        constraints = (
            models.UniqueConstraint(
                fields=["release", "code", "modifier", "mac", "locality"], name="one_cap_a_code_and_locality"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}-{self.modifier} {self.mac}-{self.locality}"


class AnesthesiaBase(models.Model):
    """Base units of an anesthesia code."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    base_units = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name, verbose_name_plural = "anesthesia base units", "anesthesia base units"
        constraints = (models.UniqueConstraint(fields=["release", "code"], name="one_base_a_code"),)

    def __str__(self) -> str:
        return f"{self.code}: {self.base_units} base units"


class LabRate(models.Model):
    """One rate of the clinical laboratory fee schedule, in dollars."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    rate = money()

    class Meta:
        verbose_name, verbose_name_plural = "laboratory rate", "laboratory rates"
        constraints = (
            models.UniqueConstraint(fields=["release", "code", "modifier"], name="one_lab_rate_a_code"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.rate}"
