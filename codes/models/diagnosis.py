"""Diagnosis codes: ICD-10-CM as the CDC and CMS publish it, in the public domain."""

from django.db import models

from codes.models.release import Release


class Diagnosis(models.Model):
    """One code of ICD-10-CM with its dot, billable or not. `parent` is the code that it is a part of, "" for a
    category.

    `excludes1` are the notes that stand with it: `{"under": "I10", "words": "...", "codes": ["O10-O11", "P29.2"]}`,
    where a code stands for all that begin with it, and `under` may be its block (I10-I1A) or its chapter.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=400)
    parent = models.CharField(max_length=7, blank=True)
    is_billable = models.BooleanField()
    excludes1 = models.JSONField(default=list)

    class Meta:
        verbose_name, verbose_name_plural = "diagnosis", "diagnoses"
        constraints = (models.UniqueConstraint(fields=["release", "code"], name="one_diagnosis_a_code"),)
        indexes = (models.Index(fields=["release", "parent"], name="diagnosis_by_parent"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
