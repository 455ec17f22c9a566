"""NCCI: bundling edits, unit limits and add-on codes, with CMS's own dates."""

from django.db import models
from django.db.models import Q

from codes.models.release import Release


class Rationale(models.Model):
    """One of the dozen reasons that CMS gives for its bundling edits; two million edits share them."""

    text = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = "rationale", "rationales"

    def __str__(self) -> str:
        return self.text


class PtpEdit(models.Model):
    """One record of the procedure-to-procedure file: column one is paid, column two is denied beside it.

    `effective` is empty where the source carried only a placeholder; `deletion` is the last day in force.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="+", db_index=False)
    column_one = models.CharField(max_length=5)
    column_two = models.CharField(max_length=5)
    indicator = models.CharField(max_length=1)
    prior_to_1996 = models.BooleanField(default=False)
    effective = models.DateField(null=True)
    deletion = models.DateField(null=True)
    rationale = models.ForeignKey(Rationale, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name, verbose_name_plural = "bundling edit", "bundling edits"
        indexes = (
            # The list of one code as column one or two, and the pairs of a claim: wide enough that counting,
            # grouping and sorting a list of ten thousand edits reads the index alone.
            models.Index(
                fields=["release", "column_one", "column_two", "indicator", "deletion", "effective"],
                name="ptp_by_column_one",
            ),
            models.Index(
                fields=["release", "column_two", "column_one", "indicator", "deletion", "effective"],
                name="ptp_by_column_two",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(indicator__in=["0", "1", "9"]), name="ptp_indicator_is_known"),
            models.UniqueConstraint(
                fields=["release", "column_one", "column_two"],
                condition=Q(deletion__isnull=True),
                name="one_active_edit_a_pair",
            ),
        )

    def __str__(self) -> str:
        return f"{self.column_one} / {self.column_two}: {self.indicator}"


class MueLimit(models.Model):
    """The most units of a code that Medicare expects. Zero is a value; a code that is absent has no published one."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=5)
    value = models.PositiveIntegerField()
    mai = models.CharField(max_length=1)
    rationale = models.CharField(max_length=120)

    class Meta:
        verbose_name, verbose_name_plural = "unit limit (MUE)", "unit limits (MUE)"
        constraints = (
            models.UniqueConstraint(fields=["release", "code"], name="one_unit_limit_a_code"),
            models.CheckConstraint(condition=Q(mai__in=["1", "2", "3"]), name="mai_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.value} (MAI {self.mai})"


class AddOnEdit(models.Model):
    """An add-on code and one of its primaries; no primary where contractors define them."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+", db_index=False)
    add_on = models.CharField(max_length=5)
    primary = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=1)
    effective = models.DateField(null=True)
    deletion = models.DateField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = "add-on edit", "add-on edits"
        indexes = (
            models.Index(fields=["release", "add_on"], name="add_on_by_code"),
            models.Index(fields=["release", "primary"], name="add_on_by_primary"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=["1", "2", "3"]), name="add_on_kind_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.add_on} with {self.primary or 'what the contractor defines'}"


class ManualParagraph(models.Model):
    """One paragraph of the NCCI Policy Manual, in CMS's words; without its text in the sample.

    `number` is 0 where it has none. `codes` holds those it names, parted by blanks: `76376`, or a range,
    `99202-99215`.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="+", db_index=False)
    chapter = models.CharField(max_length=5)
    chapter_title = models.CharField(max_length=120, blank=True)
    section = models.CharField(max_length=1, blank=True)
    section_title = models.CharField(max_length=160, blank=True)
    number = models.PositiveSmallIntegerField(default=0)
    page = models.CharField(max_length=10)
    codes = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "paragraph of the manual", "paragraphs of the manual"
        indexes = (models.Index(fields=["release", "chapter", "section", "number"], name="manual_by_place"),)

    def __str__(self) -> str:
        return f"{self.chapter} {self.section} {self.number or ''}, page {self.page}"


class ReleaseChange(models.Model):
    """What a release changed against the one before it, found when it was loaded.

    `code` and `other` are the codes that it concerns (`other` for pairs), `before` and `after` the values.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="changes", db_index=False)
    former = models.ForeignKey(Release, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=24)
    code = models.CharField(max_length=8)
    other = models.CharField(max_length=5, blank=True)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "change of a release", "changes of releases"
        indexes = (
            models.Index(fields=["release", "kind", "code"], name="change_by_kind"),
            models.Index(fields=["code", "release"], name="change_by_code"),
            models.Index(fields=["other", "release"], name="change_by_other"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.other}: {self.before} -> {self.after}"
