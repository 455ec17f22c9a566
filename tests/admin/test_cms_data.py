"""CMS's data is looked at and never changed by hand, not even by a superuser."""

from datetime import date

import pytest
from django.test import Client

from codes.models import AddOnEdit, CodeText, FeeScheduleRow, Gpci, MueLimit, PtpEdit, Rationale, Release

pytestmark = pytest.mark.django_db
MODELS = ["release", "feeschedulerow", "gpci", "ptpedit", "muelimit", "addonedit", "codetext"]


@pytest.fixture(autouse=True)
def rows() -> None:
    release = Release.objects.create(
        source="pprrvu",
        name="RVU26C",
        effective_from=date(2026, 7, 1),
        file_name="PPRRVU2026_Jul_nonQPP.csv",
        sha256="0" * 64,
        state="ready",
        row_count=19_356,
        checks=["19,356 rows", "one conversion factor, 33.4009"],
    )
    zero = dict.fromkeys(
        (
            *("work_rvu", "nonfacility_pe_rvu", "facility_pe_rvu", "malpractice_rvu", "preoperative_share"),
            *("intraoperative_share", "postoperative_share", "opps_nonfacility_pe", "opps_facility_pe"),
            "opps_malpractice",
        ),
        0,
    )
    FeeScheduleRow.objects.create(
        release=release, code="76376", status="A", pctc="1", global_days="XXX", **zero
    )
    indices = {"work_gpci": 1, "pe_gpci": 1, "mp_gpci": 1}
    Gpci.objects.create(release=release, mac="10112", locality="00", state="AL", name="ALABAMA", **indices)
    reason = Rationale.objects.create(text="More extensive procedure")
    PtpEdit.objects.create(
        release=release, column_one="76377", column_two="76376", indicator="0", rationale=reason
    )
    MueLimit.objects.create(release=release, code="76376", value=2, mai="3")
    AddOnEdit.objects.create(release=release, add_on="99292", primary="99291", kind="1")
    CodeText.objects.create(code="76376", plain_name="3D images")


@pytest.mark.parametrize("model", MODELS)
def test_rows_are_listed_and_shown_to_staff(as_editor: Client, model: str) -> None:
    assert as_editor.get(f"/admin/codes/{model}/", {"q": "76376"}).status_code == 200
    listed = as_editor.get(f"/admin/codes/{model}/").content.decode()
    assert f"/admin/codes/{model}/" in listed


@pytest.mark.parametrize("model", MODELS)
def test_no_row_is_added_changed_or_deleted(admin_client: Client, model: str) -> None:
    from django.apps import apps

    key = apps.get_model("codes", model).objects.values_list("pk", flat=True)[0]
    assert admin_client.get(f"/admin/codes/{model}/add/").status_code == 403
    assert admin_client.post(f"/admin/codes/{model}/{key}/change/", {"name": "x"}).status_code == 403
    assert admin_client.post(f"/admin/codes/{model}/{key}/delete/", {"post": "yes"}).status_code == 403
    assert admin_client.get(f"/admin/codes/{model}/{key}/change/").status_code == 200


def test_a_release_shows_what_was_checked(as_editor: Client) -> None:
    release = Release.objects.get()
    page = as_editor.get(f"/admin/codes/release/{release.pk}/change/").content.decode()
    assert "one conversion factor, 33.4009" in page
