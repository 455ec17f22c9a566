"""Releases with their checks, and CMS's rows: to look at, never to change."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from codes.admin.read_only import ReadOnlyAdmin
from codes.models import AddOnEdit, CodeText, FeeScheduleRow, Gpci, MueLimit, PtpEdit, Release


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    """One loaded file; what was checked when it was loaded."""

    list_display = ("name", "source", "effective_from", "state", "row_count", "is_sample", "loaded_at")
    list_filter = ("state", "source", "is_sample")
    search_fields = ("name", "file_name", "sha256")
    fields = (
        *("source", "name", "effective_from", "state", "row_count", "checked"),
        *("file_name", "sha256", "conversion_factor", "is_sample", "ama_license_accepted", "loaded_at"),
    )
    readonly_fields = ("checked",)

    @admin.display(description="Checks at loading")
    def checked(self, release: Release) -> SafeString:
        return format_html_join("", "<li>{}</li>", ((check,) for check in release.checks))


@admin.register(FeeScheduleRow)
class FeeScheduleRowAdmin(ReadOnlyAdmin):
    list_display = ("code", "modifier", "release", "status", "global_days", "pctc", "work_rvu")
    search_fields = ("=code",)
    list_select_related = ("release",)
    list_filter = ("release",)


@admin.register(Gpci)
class GpciAdmin(ReadOnlyAdmin):
    list_display = ("mac", "locality", "state", "name", "release", "work_gpci", "pe_gpci", "mp_gpci")
    search_fields = ("name", "=state", "=mac")
    list_select_related = ("release",)


@admin.register(PtpEdit)
class PtpEditAdmin(ReadOnlyAdmin):
    list_display = ("column_one", "column_two", "indicator", "effective", "deletion", "rationale", "release")
    search_fields = ("=column_one", "=column_two")
    list_select_related = ("rationale", "release")


@admin.register(MueLimit)
class MueLimitAdmin(ReadOnlyAdmin):
    list_display = ("code", "value", "mai", "rationale", "release")
    search_fields = ("=code",)
    list_select_related = ("release",)


@admin.register(AddOnEdit)
class AddOnEditAdmin(ReadOnlyAdmin):
    list_display = ("add_on", "primary", "kind", "effective", "deletion", "release")
    search_fields = ("=add_on", "=primary")
    list_select_related = ("release",)


@admin.register(CodeText)
class CodeTextAdmin(ReadOnlyAdmin):
    """Our names and summaries. They are kept in fixtures/texts and changed there, with a review."""

    list_display = ("code", "plain_name", "band")
    list_filter = ("band",)
    search_fields = ("=code", "plain_name", "words")
