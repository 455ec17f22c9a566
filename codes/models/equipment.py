"""The DMEPOS fee schedule: equipment, prosthetics, orthotics, supplies and nutrition, by state."""

from django.db import models

from codes.models.release import Release


class EquipmentFee(models.Model):
    """One row of a DMEPOS or PEN file: a code with its modifiers ("RR", "NU KF", "" for none), in dollars.

    `amounts` holds by state what is allowed outside rural areas and in them, as text or null:
    `{"CA": ["49.12", "91.03"], "AK": ["91.42", null]}`. Ceiling and floor are null where CMS gives none.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    code = models.CharField(max_length=5)
    modifiers = models.CharField(max_length=5, blank=True)
    jurisdiction = models.CharField(max_length=1)
    category = models.CharField(max_length=3)
    ceiling = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    floor = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    amounts = models.JSONField(default=dict)

    class Meta:
        verbose_name, verbose_name_plural = "equipment fee", "equipment fees"
        constraints = (
            models.UniqueConstraint(
                fields=["release", "code", "modifiers"], name="one_equipment_fee_a_code_and_modifiers"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.modifiers} {self.category}"


class RuralZip(models.Model):
    """A ZIP code in which the rural amounts of the DMEPOS fee schedule hold."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    state = models.CharField(max_length=2)
    zip_code = models.CharField(max_length=5)

    class Meta:
        verbose_name, verbose_name_plural = "rural ZIP code", "rural ZIP codes"
        constraints = (models.UniqueConstraint(fields=["release", "zip_code"], name="one_rural_mark_a_zip"),)

    def __str__(self) -> str:
        return f"{self.zip_code} {self.state}"
