import pytest

from codes.search.thesaurus import phrase_of, read_thesaurus, thesaurus_of
from codes.search.words import signs_of, stem, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("X-ray, 2-view", ["xray", "2", "view"]),
        ("C-section", ["csection"]),
        ("I and D of abscess", ["i&d", "abscess"]),
        ("hep A vaccine", ["hep", "typea", "vaccine"]),
        ("what is the cpt code for a flu shot", ["flu", "shot"]),
        ("physical 45 year old", ["physical"]),
        ("3D mammo 30min", ["3d", "mammo", "30", "min"]),
        ("e-visit and E/M", ["evisit", "em"]),
        ("E&M, each added unit", ["em", "each", "additional", "unit"]),
        ("sub-acute, intra articular, non ob", ["subacute", "intraarticular", "nonob"]),
        ("group 3 wheelchair", ["group3", "wheelchair"]),
    ],
)
def test_words_come_out_of_text(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("w/o contrast", "without"), ("wo contrast", "without"), ("w/out contrast", "without"),
        ("no contrast", "without"), ("noncontrast", "without"), ("non-contrast", "without"),
        ("c-", "without"), ("w/ contrast", "with"), ("w contrast", "with"), ("w/dye", "with"), ("c+", "with"),
        ("w/wo contrast", "both"), ("w/o & w/ contrast", "both"), ("w and w/o contrast", "both"),
        ("with and without contrast", "both"), ("before and after contrast", "both"), ("c-/c+", "both"),
        ("w/o&w/dye", "both"), ("wwo", "both"), ("w & w/o contrast", "both"),
    ],
)  # fmt: skip
def test_each_way_to_write_with_and_without_contrast_is_read(text: str, sign: str) -> None:
    assert signs_of(words_of(f"ct head {text}"))["contrast"] == sign


def test_forms_of_a_word_share_a_stem() -> None:
    assert {stem(word) for word in ("injection", "injections", "injected", "inject")} == {"inject"}


def test_short_words_and_words_with_digits_keep_their_form() -> None:
    assert [stem(word) for word in ("eye", "a1c", "b12s", "gas")] == ["eye", "a1c", "b12s", "gas"]


def test_a_meaning_leads_back_to_its_short_form_but_not_to_other_meanings() -> None:
    ours = thesaurus_of([("pt", "physical therapy; patient")])
    assert ours.of(("patient",)) == (("pt",),)
    assert ours.of(("pt",)) == (phrase_of("physical therapy"), ("patient",))


def test_the_tables_hold_250_abbreviations_and_those_that_billers_named() -> None:
    ours = read_thesaurus()
    assert len(ours.meanings) >= 250
    asked = "bx inj echo ekg egd cbc cmp a1c tte us fx rt lt ov np ng arthro lap chole colo".split()  # noqa: SIM905
    assert [word for word in [*asked, "pt eval", "flu shot"] if not ours.of(phrase_of(word))] == []
