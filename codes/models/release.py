"""Releases: one file of one source, in force from a day until the next one of its source begins."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F


class Source(models.TextChoices):
    """The kinds of file that the reference is made of."""

    PPRRVU = "pprrvu", "Physician fee schedule relative values"
    PPRRVU_QPP = "pprrvu_qpp", "Relative values, qualifying APM track"
    GPCI = "gpci", "Geographic practice cost indices"
    LOCALITIES = "localities", "Counties of the localities"
    ANESTHESIA = "anesthesia", "Anesthesia conversion factors"
    ANESTHESIA_BASE = "anesthesia_base", "Anesthesia base units"
    OPPS_CAP = "opps_cap", "Imaging amounts capped by the outpatient schedule"
    ZIP_LOCALITY = "zip_locality", "ZIP code to carrier locality"
    HCPCS = "hcpcs", "HCPCS Level II descriptions"
    RBCS = "rbcs", "Restructured BETOS categories"
    CLFS = "clfs", "Clinical laboratory fee schedule"
    ASC = "asc", "Surgery center rates (ASC)"
    OPPS = "opps", "Outpatient hospital rates (OPPS)"
    OPPS_APC = "opps_apc", "Outpatient hospital groups (APC)"
    ASP = "asp", "Part B drug payment limits (ASP)"
    ASP_NOC = "asp_noc", "Payment limits of unclassified Part B drugs"
    ASP_NDC = "asp_ndc", "NDC to HCPCS crosswalk of Part B drugs"
    SINGLE_DOSE = "single_dose", "Single-dose drugs (JW, JZ)"
    PTP_PRACTITIONER = "ptp_practitioner", "NCCI bundling edits, practitioner"
    PTP_HOSPITAL = "ptp_hospital", "NCCI bundling edits, outpatient hospital"
    MUE_PRACTITIONER = "mue_practitioner", "NCCI unit limits, practitioner"
    MUE_OUTPATIENT = "mue_outpatient", "NCCI unit limits, outpatient hospital"
    MUE_DME = "mue_dme", "NCCI unit limits, equipment suppliers"
    ADD_ON = "add_on", "NCCI add-on codes"
    DMEPOS = "dmepos", "DMEPOS fee schedule: equipment, prosthetics, orthotics, supplies"
    PEN = "pen", "DMEPOS fee schedule: parenteral and enteral nutrition"
    DMEPOS_RURAL = "dmepos_rural", "Rural ZIP codes of the DMEPOS fee schedule"
    ICD10 = "icd10", "ICD-10-CM diagnosis codes"
    POLICY_MANUAL = "policy_manual", "NCCI Policy Manual"
    COVERAGE_ARTICLES = "coverage_articles", "Billing articles of the contractors (coverage)"
    COVERAGE_LCDS = "coverage_lcds", "Local coverage determinations (LCDs)"
    PSPS = "psps", "Services billed and denied in a year (PSPS)"


class ReleaseState(models.TextChoices):
    """LOADING is never seen from outside: it becomes READY in the transaction that made it."""

    LOADING = "loading", "Loading"
    READY = "ready", "Ready"
    RETIRED = "retired", "Retired"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def ready(self) -> "ReleaseQuerySet":
        return self.filter(state=ReleaseState.READY)

    def in_force(self, source: str, at: date) -> "Release | None":
        """The ready release of `source` with the latest start on or before `at`, or None."""
        return self.ready().filter(source=source, effective_from__lte=at).order_by("-effective_from").first()


WITHDRAWN = "taken out of service by hand"  # the check of a retired release that no correction has replaced


class Release(models.Model):
    """One loaded file. It has no end date: a period ends where the next of its source begins."""

    source = models.CharField(max_length=24, choices=Source)
    name = models.CharField(max_length=60, help_text="CMS's own name, for example RVU26C")
    effective_from = models.DateField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=ReleaseState, default=ReleaseState.LOADING)
    row_count = models.PositiveIntegerField(default=0)
    conversion_factor = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    is_sample = models.BooleanField(default=False)
    ama_license_accepted = models.BooleanField(default=False)
    checks = models.JSONField(default=list, help_text="What was checked at loading, as sentences")
    loaded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("source", "-effective_from")
        constraints = (
            models.UniqueConstraint(
                fields=["source", "effective_from"],
                condition=models.Q(state="ready"),
                name="one_ready_release_a_source_and_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["loading", "ready", "retired"]), name="release_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(row_count__gt=0), name="ready_release_has_rows"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.get_source_display()}, from {self.effective_from:%Y-%m-%d})"


class Version(models.Model):
    """A counter a kind of content; it moves in the same transaction as the content does. One that is named
    "tips:99213" counts the tips of that code alone, and only addresses of the code read it."""

    OF_CODE = "tips:"

    name = models.CharField(max_length=20, primary_key=True)
    number = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @classmethod
    def bump(cls, name: str) -> None:
        """Count `name` up by one, making it where it is missing."""
        version, made = cls.objects.get_or_create(name=name)
        if not made:
            version.number = F("number") + 1
            version.save()
