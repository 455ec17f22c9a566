"""Codes side by side on the sample."""

import re

import pytest

from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def row_of(page: str, title: str) -> list[str]:
    """The cells of the row that begins with `title`, without markup."""
    row = next(row for row in page.split("<tr")[1:] if f'<th scope="row">{title}' in row)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]


def test_two_visits_stand_side_by_side_with_their_known_amounts(get: Get) -> None:
    page = text_of(get("/compare/", codes="99213,99214", locality="01182-18", dos=AUG_1_2026))
    assert row_of(page, "Allowed, office") == ["$104.89", "$148.89"]
    assert row_of(page, "Allowed, facility") == ["$60.24", "$88.44"]
    assert row_of(page, "Work RVU")[0] == "1.30"


def test_where_codes_differ_a_dot_says_so_and_where_they_agree_none(get: Get) -> None:
    page = text_of(get("/compare/", codes="45378 27447", dos=AUG_1_2026))
    global_period = next(row for row in page.split("<tr")[1:] if "Global period" in row)
    assert "The codes differ here" in global_period
    alike = text_of(get("/compare/", codes="99213 99214", dos=AUG_1_2026))
    assert "Status" not in alike.split("<tbody>")[1].split("</table>")[0]
    assert "<dt>Status</dt>" in alike


def test_a_cell_that_cms_does_not_value_is_no_price(get: Get) -> None:
    page = text_of(get("/compare/", codes="27447,99213", dos=AUG_1_2026))
    assert row_of(page, "Allowed, office")[0] == "not valued"


@pytest.mark.parametrize(
    "typed", ["99213,99214", "99213 99214", "99213+99214", " 99213 , 99214 ", "99213,99214,99213"]
)
def test_codes_may_be_parted_in_any_usual_way(get: Get, typed: str) -> None:
    assert len(row_of(text_of(get("/compare/", codes=typed, dos=AUG_1_2026)), "Work RVU")) == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("99213,hello", "is not a code"),
        ("99202,99203,99204,99205,99213,99214", "there are 6"),
        ("9" * 5000, "at most 60 characters"),
        ("<script>", "is not a code"),
        (",,,", "is not a code"),
    ],
)
def test_wrong_codes_are_named(get: Get, typed: str, says: str) -> None:
    page = text_of(get("/compare/", status=400, codes=typed))
    assert says in page
    assert "<script>" not in page.split("</head>")[1]


def test_an_unknown_code_is_said_beside_the_known_ones(get: Get) -> None:
    page = text_of(get("/compare/", codes="99213,99228", dos=AUG_1_2026))
    assert "In none of the files in force" in page
    assert len(row_of(page, "Work RVU")) == 1


def test_without_codes_there_is_a_form_and_no_complaint(get: Get) -> None:
    page = text_of(get("/compare/"))
    assert "Give up to five codes" not in page
    assert "has-error" not in page


def test_a_date_without_a_release_is_not_priced(get: Get) -> None:
    assert "Not priced on Mar 14, 2024" in text_of(get("/compare/", codes="99213,99214", dos="2024-03-14"))


def test_five_codes_cost_no_more_queries_than_two(get: Get, django_assert_max_num_queries: Get) -> None:
    get("/compare/", codes="99213,99215", dos=AUG_1_2026)
    with django_assert_max_num_queries(6):  # rows, our names, unit limits, add-ons, tests, versions
        get("/compare/", codes="99213,99214", dos=AUG_1_2026)
    with django_assert_max_num_queries(6):
        get("/compare/", codes="99202,99203,99204,99213,99214", dos=AUG_1_2026)


def test_each_code_says_whether_it_is_paid_by_itself(get: Get) -> None:
    page = text_of(get("/compare/", codes="99213,97110", dos=AUG_1_2026))
    visit, therapy = row_of(page, "Will it be paid by itself?")
    assert visit == "Paid"
    assert therapy.startswith("Returned")
    assert "Add GP, GO or GN" in therapy
