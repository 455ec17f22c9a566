"""A code, range or family that no loaded list has is refused when a tip about it is saved."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from codes.models import Tip
from codes.queries.releases import calendar
from codes.queries.tip_subjects import families_of, wrong_subject
from tests.admin.test_tips import LIST, WORDS, fields_of

pytestmark = pytest.mark.usefixtures("sample")


@pytest.fixture
def as_editor(db: None) -> Client:
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="editor"))
    client = Client()
    client.force_login(editor)
    return client


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ({"code": "ZZZZZ"}, "ZZZZZ is in no list that is loaded."),
        ({"code": "99219"}, "99213"),
        ({"code": "9921"}, "9921 is in no list that is loaded."),
        ({"code": "", "first_code": "ZZZZY", "last_code": "ZZZZZ"}, "No code from ZZZZY to ZZZZZ"),
        ({"code": "", "family": "No such family"}, "RBCS has no family “No such family”."),
    ],
)
def test_a_wrong_subject_is_refused_on_saving_with_what_is_near(
    as_editor: Client, subject: dict[str, str], told: str
) -> None:
    before = Tip.objects.count()
    page = as_editor.post(f"{LIST}add/", WORDS | subject | {"_save": "1"}).content.decode()
    assert told in page
    assert Tip.objects.count() == before


def test_a_family_is_chosen_from_those_of_cms(as_editor: Client) -> None:
    families = families_of(calendar())
    page = as_editor.get(f"{LIST}add/").content.decode()
    assert len(families) > 10
    assert all(f'<option value="{family}">' in page for family in families if "&" not in family)
    nothing = dict.fromkeys(("code", "family", "first_code", "last_code"), "")
    assert wrong_subject(calendar(), nothing | {"family": families[0]}) == {}
    assert families[0] in wrong_subject(calendar(), nothing | {"family": families[0].upper() + "X"})["family"]


def test_a_range_needs_no_code_at_its_ends() -> None:
    subject = {"code": "", "family": "", "first_code": "99200", "last_code": "99220"}
    assert wrong_subject(calendar(), subject) == {}


def test_an_opened_form_of_any_tip_of_the_project_holds_no_edits(as_editor: Client) -> None:
    for tip in Tip.objects.filter(code__in=("76376", "99213", "20610")):
        sent = fields_of(as_editor, f"{LIST}{tip.pk}/change/") | {"_publish": "x"}
        assert as_editor.post(f"{LIST}{tip.pk}/change/", sent).status_code == 403
