"""Places: localities with their indices, their counties and ZIP codes. A locality is (MAC, number)."""

from django.db import models

from codes.models.release import Release


class Gpci(models.Model):
    """The three geographic practice cost indices of one locality."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    mac = models.CharField(max_length=5)
    locality = models.CharField(max_length=2)
    state = models.CharField(max_length=2)
    name = models.CharField(max_length=100)
    work_gpci = models.DecimalField(max_digits=5, decimal_places=3)
    work_gpci_without_floor = models.DecimalField(max_digits=5, decimal_places=3, null=True)
    pe_gpci = models.DecimalField(max_digits=5, decimal_places=3)
    mp_gpci = models.DecimalField(max_digits=5, decimal_places=3)

    class Meta:
        verbose_name, verbose_name_plural = "locality with its GPCIs", "localities with their GPCIs"
        constraints = (
            models.UniqueConstraint(fields=["release", "mac", "locality"], name="one_gpci_a_locality"),
        )

    def __str__(self) -> str:
        return f"{self.mac}-{self.locality} {self.name}"


class County(models.Model):
    """The counties of one locality, as CMS lists them."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    mac = models.CharField(max_length=5)
    locality = models.CharField(max_length=2)
    state = models.CharField(max_length=40)
    area = models.CharField(max_length=120)
    counties = models.TextField()

    class Meta:
        verbose_name, verbose_name_plural = "county list", "county lists"
        constraints = (
            models.UniqueConstraint(fields=["release", "mac", "locality"], name="one_county_list_a_locality"),
        )

    def __str__(self) -> str:
        return f"{self.mac}-{self.locality} {self.counties}"


class AnesthesiaFactor(models.Model):
    """The anesthesia conversion factor of one locality, in dollars."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    mac = models.CharField(max_length=5)
    locality = models.CharField(max_length=2)
    conversion_factor = models.DecimalField(max_digits=8, decimal_places=4)

    class Meta:
        verbose_name, verbose_name_plural = "anesthesia conversion factor", "anesthesia conversion factors"
        constraints = (
            models.UniqueConstraint(
                fields=["release", "mac", "locality"], name="one_anesthesia_factor_a_locality"
            ),
        )

    def __str__(self) -> str:
        return f"{self.mac}-{self.locality} {self.conversion_factor}"


class ZipLocality(models.Model):
    """The locality of a five-digit ZIP code; `plus_four` marks a ZIP that spans localities."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    zip_code = models.CharField(max_length=5)
    state = models.CharField(max_length=2)
    mac = models.CharField(max_length=5)
    locality = models.CharField(max_length=2)
    rural = models.CharField(max_length=1, blank=True)
    plus_four = models.BooleanField(default=False)

    class Meta:
        verbose_name, verbose_name_plural = "ZIP code", "ZIP codes"
        constraints = (models.UniqueConstraint(fields=["release", "zip_code"], name="one_locality_a_zip"),)

    def __str__(self) -> str:
        return f"{self.zip_code}: {self.mac}-{self.locality}"
