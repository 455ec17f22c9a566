"""Part B drugs: CMS's payment limits, the packages that a billing unit is counted from, and single-dose containers."""

from django.db import models

from codes.models.release import Release


class DrugKind(models.TextChoices):
    """What CMS's list marks apart from ordinary drugs."""

    VACCINE = "vaccine", "Vaccine"
    BLOOD = "blood", "Blood product"
    CLOTTING = "clotting", "Clotting factor"


class DrugLimit(models.Model):
    """One row of the ASP file: dollars for a billing unit (`dosage`), empty where CMS lists no limit."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    dosage = models.CharField(max_length=120)
    limit = models.DecimalField(max_digits=13, decimal_places=3, null=True)
    coinsurance = models.DecimalField(max_digits=6, decimal_places=3, help_text="Of the patient, in percent")
    kind = models.CharField(max_length=8, blank=True, choices=DrugKind)
    notes = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "drug payment limit", "drug payment limits"
        constraints = (
            models.UniqueConstraint(fields=["release", "code"], name="one_limit_a_drug"),
            models.CheckConstraint(
                condition=models.Q(coinsurance__gte=0, coinsurance__lte=100),
                name="coinsurance_is_a_percentage",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.limit} for {self.dosage}"


class UnclassifiedDrug(models.Model):
    """A drug without a code of its own, for which CMS publishes a limit all the same."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    dosage = models.CharField(max_length=120)
    limit = models.DecimalField(max_digits=13, decimal_places=3)
    notes = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "unclassified drug", "unclassified drugs"

    def __str__(self) -> str:
        return f"{self.name} {self.limit}"


class DrugPackage(models.Model):
    """One row of the NDC crosswalk: how many billing units a vial and a package of a drug hold."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    ndc = models.CharField(max_length=20, help_text="5-4-2 with hyphens, or the maker's number of a device")
    labeler = models.CharField(max_length=120, blank=True)
    drug = models.CharField(max_length=200, blank=True)
    dosage = models.CharField(max_length=120, blank=True)
    units = models.DecimalField(max_digits=12, decimal_places=4)
    package_units = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        verbose_name, verbose_name_plural = "drug package", "drug packages"
        constraints = (
            models.UniqueConstraint(fields=["release", "code", "ndc"], name="one_package_a_code_and_ndc"),
        )
        indexes = (models.Index(fields=["release", "ndc"], name="package_by_ndc"),)  # the units helper

    def __str__(self) -> str:
        return f"{self.ndc} {self.code}"


class SingleDoseDrug(models.Model):
    """A drug that CMS lists as coming in single-dose containers, which need JW or JZ."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)

    class Meta:
        verbose_name, verbose_name_plural = "single-dose drug", "single-dose drugs"
        constraints = (
            models.UniqueConstraint(fields=["release", "code"], name="one_row_a_single_dose_drug"),
        )

    def __str__(self) -> str:
        return self.code
