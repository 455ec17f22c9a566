"""The kinds of payer whose ways after a denial differ."""

from django.db.models import TextChoices


class Payer(TextChoices):
    MEDICARE = "medicare", "Original Medicare"
    ADVANTAGE = "advantage", "Medicare Advantage"
    MEDICAID = "medicaid", "Medicaid"
    COMMERCIAL = "commercial", "Commercial, other"
