"""What the Medicare contractors publish on local coverage: billing articles and determinations (LCDs)."""

from django.db import models

from codes.models.release import Release


class CoverageDocument(models.Model):
    """An article ("A57201") or LCD ("L33394") as CMS's coverage database has it, without its text.

    `contractors` are the numbers of those whose it is ("06102 06302"), `equipment_states` the states where one for
    equipment (DME MAC) decides by it, `related` the numbers of other documents, each parted by blanks.

    `codes`, `supports` and `excludes` are lists of groups, `{"number": 1, "words": "...", "codes": "M17.0 M17.11"}`,
    supporting ones with `"starred"`, the codes with an asterisk, and its `"note"`. A code may be a range
    ("M17.0-M17.9"); `"codes"` is "" where the group has no list. `drugs` are those that the contractor takes for
    usually self-administered: `{"code": "J3490", "brand": "...", "begins": "2024-01-01", "ends": ""}`.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="+", db_index=False)
    number = models.CharField(max_length=12)
    title = models.TextField()
    begins = models.DateField(null=True)
    revised = models.DateField(null=True)
    ends = models.DateField(null=True)
    contractors = models.TextField(blank=True)
    equipment_states = models.TextField(blank=True)
    related = models.TextField(blank=True)
    codes = models.JSONField(default=list)
    supports = models.JSONField(default=list)
    excludes = models.JSONField(default=list)
    drugs = models.JSONField(default=list)

    class Meta:
        verbose_name, verbose_name_plural = "coverage document", "coverage documents"
        constraints = (
            models.UniqueConstraint(fields=["release", "number"], name="one_coverage_document_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
