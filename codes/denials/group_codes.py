"""The group codes of a remittance: who bears an adjustment."""

from django.db.models import TextChoices


class GroupCode(TextChoices):
    CO = "CO", "CO: the provider absorbs it"
    PR = "PR", "PR: the patient may be billed"
    OA = "OA", "OA: neither, or other"
    PI = "PI", "PI: the payer's own decision"
