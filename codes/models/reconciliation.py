"""The last comparison of our amounts with those that CMS publishes."""

from django.db import models

# Runs that are over no payment file, by name.
WORKED_EXAMPLES = "Worked examples"
RULE_CASES = "Cases of the claim rules"


class Reconciliation(models.Model):
    """One run of `reconcile` over one payment file."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    ran_at = models.DateTimeField(auto_now_add=True)
    date_of_service = models.DateField()
    release_name = models.CharField(max_length=60)
    rows = models.PositiveIntegerField()
    matches = models.PositiveIntegerField()
    differences = models.JSONField(default=list)
    reasons = models.JSONField(default=dict, help_text="Rows that could not be compared, by reason")

    class Meta:
        ordering = ("-ran_at", "-pk")

    def __str__(self) -> str:
        return f"{self.file_name}: {self.matches} of {self.rows}"
