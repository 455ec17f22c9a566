"""From a verdict or an edit to the step after its denial."""

from urllib.parse import parse_qs

import pytest

from codes.denials import expected, reasons
from codes.denials.expected import IF_DENIED, of_finding
from codes.ncci import Finding, Outcome
from codes.pricing.types import Line
from codes.rules import BY_NAME, RULES, Effect
from tests.pages.conftest import Get

DENYING = [rule for rule in RULES if rule.effect in {Effect.NOT_PAID, Effect.NEEDS}]


def test_every_rule_that_denies_foretells_a_reason() -> None:
    assert [rule.name for rule in DENYING if not rule.reasons and rule.name not in IF_DENIED] == []


def test_what_is_foretold_are_rules_reasons_and_remarks_that_there_are() -> None:
    assert set(IF_DENIED) <= set(BY_NAME)
    foretold = {each for named in IF_DENIED.values() for each in named} | {
        each for rule in RULES for each in rule.reasons
    }
    known = {f"CARC {each}" for each in reasons.reasons()} | {f"RARC {each}" for each in reasons.remarks()}
    assert foretold - known == set()


def test_the_question_holds_the_line_and_no_more() -> None:
    asked = expected.Expected("CO", "151", ("N362",)).query(Line("99214", ("25",), 3), dos="", pos="22")
    assert parse_qs(asked) == {
        "reason": ["CO-151"],
        "remark": ["N362"],
        "code": ["99214"],
        "mod": ["25"],
        "units": ["3"],
        "pos": ["22"],
    }


@pytest.mark.parametrize(
    ("liability", "title"), [("provider", "CO-236"), ("patient", "PR-236"), ("", "reason 236")]
)
def test_the_group_code_says_who_bears_it(liability: str, title: str) -> None:
    finding = Finding(
        kind="bundling",
        outcome=Outcome.DENIED,
        words="",
        lines=(1, 2),
        reasons=("CARC 236", "CARC 97"),
        liability=liability,
    )
    found = of_finding(finding)
    assert found is not None
    assert found.title == title


@pytest.fixture
def claim(get: Get) -> list[dict[str, object]]:
    return list(get("/claim.json", lines="45385,45378,99214x3,97110,99213", dos="2026-08-01").json()["lines"])


def test_every_line_that_is_not_paid_leads_to_one_step(get: Get, claim: list[dict[str, object]]) -> None:
    denials = {line["code"]: line["denial"] for line in claim if line["status"] in {"denied", "returned"}}
    assert denials, "the claim holds lines that are denied"
    for code, denial in denials.items():
        assert isinstance(denial, dict), code
        answer = get(denial["advice"]).json()
        assert answer["code"] == code
        assert answer["route"] != "redetermination" or code == "99214", answer["why"]


def test_a_column_2_line_leads_to_a_write_off_with_its_column_1_code(
    get: Get, claim: list[dict[str, object]]
) -> None:
    (colonoscopy,) = (line["denial"] for line in claim if line["code"] == "45378")
    assert isinstance(colonoscopy, dict)
    answer = get(colonoscopy["advice"]).json()
    assert (answer["reason"], answer["other_code"], answer["route"]) == ("236", "45385", "write_off")


def test_the_pages_link_verdicts_edits_and_limits_to_the_step(get: Get) -> None:
    desk = get("/claim/", lines="45385,45378", dos="2026-08-01").content.decode()
    address = "/denials/?reason=CO-236&amp;code=45378&amp;other=45385"
    assert f'<a href="{address}&amp;dos=2026-08-01">If it was denied (CO-236): what now?</a>' in desk
    assert f'href="{address}' in get("/ncci/", codes="45385 45378", dos="2026-08-01").content.decode()
    assert f'href="{address}' in get("/cpt/45378/edits/", dos="2026-08-01").content.decode()
    page = get("/cpt/27447/", dos="2026-08-01").content.decode()
    assert "/denials/?reason=CO-151&amp;remark=N362&amp;code=27447" in page


def test_a_line_that_is_paid_leads_nowhere(get: Get) -> None:
    (line,) = get("/claim.json", lines="99213", dos="2026-08-01").json()["lines"]
    assert line["denial"] is None
    assert "If it was denied" not in get("/claim/", lines="99213", dos="2026-08-01").content.decode()
