"""How often Medicare was billed a code in a year, and how often it denied it."""

from django.db import models

from codes.models.release import Release


class ServiceVolume(models.Model):
    """The services of a code with an initial modifier ('' for none) in a place of service, summed over the country.
    `denied` is empty where it may not be shown (one to ten)."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    place_of_service = models.CharField(max_length=2, blank=True)
    submitted = models.PositiveBigIntegerField()
    denied = models.PositiveBigIntegerField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = "service volume", "service volumes"
        constraints = (
            models.UniqueConstraint(
                fields=["release", "code", "modifier", "place_of_service"], name="one_volume_a_code_and_place"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.modifier} {self.place_of_service}: {self.submitted}"
