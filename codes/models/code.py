"""What a code is, in words: ours, CMS's public HCPCS Level II text, and its RBCS category."""

from django.db import models

from codes.models.release import Release


class CodeText(models.Model):
    """Our own words for a code. Never a descriptor of the AMA or of CMS."""

    code = models.CharField(max_length=5, primary_key=True)
    plain_name = models.CharField(max_length=100)
    summary = models.TextField(blank=True)
    words = models.TextField(blank=True, help_text="Search words, separated by semicolons")
    band = models.PositiveSmallIntegerField(default=5, help_text="1 billed most ... 5 not ranked")

    class Meta:
        verbose_name, verbose_name_plural = "plain name", "plain names"
        ordering = ("code",)
        indexes = (models.Index(fields=["code", "band"], name="band_of_code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.plain_name}"


class HcpcsText(models.Model):
    """CMS's public text of a HCPCS Level II code."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    long_description = models.TextField()
    short_description = models.CharField(max_length=60, blank=True)
    added = models.DateField(null=True, blank=True)
    terminated = models.DateField(null=True, blank=True, help_text="The last day on which it may be used")

    class Meta:
        verbose_name, verbose_name_plural = "HCPCS Level II text", "HCPCS Level II texts"
        constraints = (models.UniqueConstraint(fields=["release", "code"], name="one_hcpcs_text_a_code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.long_description}"


class RbcsAssignment(models.Model):
    """The latest Restructured BETOS assignment of a code (a public-domain taxonomy of CMS)."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    category = models.CharField(max_length=60)
    subcategory = models.CharField(max_length=80)
    family = models.CharField(max_length=100)
    is_procedure = models.CharField(max_length=20)

    class Meta:
        verbose_name, verbose_name_plural = "RBCS assignment", "RBCS assignments"
        constraints = (
            models.UniqueConstraint(fields=["release", "code"], name="one_rbcs_assignment_a_code"),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.category} / {self.subcategory} / {self.family}"
