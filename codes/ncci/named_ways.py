"""The pairs of which the NCCI Policy Manual itself says when both codes are paid, and with which modifier on which.

The manual's conditions in our words. A way is read only where the pair's edit has indicator 1.
"""

from dataclasses import dataclass

from codes.ncci.way import Way
from codes.pricing.code_sets import CodeSet, code_set


@dataclass(frozen=True, slots=True)
class NamedWay:
    """Modifiers that belong on the code of `on` beside any code of `beside`; `condition` goes on from "if"."""

    on: CodeSet
    beside: CodeSet
    modifiers: tuple[str, ...]
    condition: str


def named_way(one: str, two: str) -> Way | None:
    """The way that the manual names for two codes, whichever of them is column one; None if it names none.

    >>> named_way("77066", "77067").sentence
    '59 or XU on 77067 carries it if both mammograms were needed that day; the diagnostic one carries GG.'
    """
    for on, other in ((two, one), (one, two)):
        for each in NAMED_WAYS:
            if on in each.on and other in each.beside:
                return Way(each.modifiers, (on,), each.condition)
    return None


def _named(on: str, beside: str, modifiers: str, condition: str) -> NamedWay:
    return NamedWay(code_set(on), code_set(beside), tuple(modifiers.split()), condition)


def _either(first: str, second: str, modifiers: str, condition: str) -> tuple[NamedWay, NamedWay]:
    """The manual doesn't say on which of the two: on column two, as is usual."""
    return _named(first, second, modifiers, condition), _named(second, first, modifiers, condition)


NAMED_WAYS = (
    # Ch. III, §F
    _named(
        "11102-11107 88331", "17311-17315", "59 58", "the biopsy came first, to find out whether it is cancer"
    ),
    # Ch. III, §G
    *_either("11900 11901", "96405 96406", "59 XS", "other lesions got another drug"),
    # Ch. III, §I.1
    _named(
        "15100 15120 15200 15220", "15100 15120 15200 15220", "59 XS", "another site needed another graft"
    ),
    # Ch. III, §L.14 and §L.15
    *_either(
        "11102 11104 11106", "17000 17004", "59 XS", "the biopsy and the destruction were on separate lesions"
    ),
    _named("11720", "11719", "59 XS", "other nails were debrided than trimmed"),
    # Ch. I, §E: nails and the skin near them
    _named(
        "11720 11721",
        "11055-11057",
        "59 XS",
        "the skin lesion is away from the toes whose nails were debrided",
    ),
    # Ch. IV, §E.6
    _named("G0289", "29866-29889", "59 XS", "it was in another compartment of the knee"),
    # Ch. IV, §F.9 and §F.12
    *_either("63042 63047", "22630 22633", "59 XS", "the two were at different interspaces"),
    *_either("63056", "22630", "59 XS", "the two were at different levels of the spine"),
    # Ch. IV, §G.12
    *_either("64718", "24305", "59 XU", "the ulnar nerve was transposed, not only freed"),
    # Ch. V, §D.3
    _named("76998", "33510-33523", "59 XS", "the ultrasound was of the aorta, not for getting the graft"),
    # Ch. VI, §H.25
    _named("45380", "45385", "59 XS", "the biopsied lesion isn't the one removed"),
    # Ch. V, §D.13; ch. IX, §D.4; ch. XI, §I.17
    _named(
        "75600-75774",
        "36902-36908 37184-37188 37211-37216 37220-37299",
        "59 XU",
        "it was diagnostic and no complete study came before",
    ),
    _named(
        "93454-93461",
        "92920-92945 C9600-C9608",
        "59 XU",
        "the angiogram came first, to see whether to intervene",
    ),
    # Ch. IX, §C.16, §E.4 and §F.2
    _named("76376 76377", "78012-78999", "59 XS", "the 3D images belong to a third study"),
    _named(
        "77067", "77065 77066", "59 XU", "both mammograms were needed that day; the diagnostic one carries GG"
    ),
    _named(
        "77336", "77261-77295 77301-77318 77332-77334", "59 XE", "planning was repeated during the treatment"
    ),
    # Ch. X, §H.3
    *_either("38220", "38221", "59 XS", "the two were on different bones"),
    # Ch. XI, §G.5, §I.31, §L.3
    _named("92250", "92133 92134", "59 XU", "the condition needed both kinds of images"),
    _named("93318", "99291 99292", "59 XU", "the physician also placed the probe"),
    _named("95700-95726", "95782 95783 95800-95811", "59 XU", "the EEG was apart from the sleep test's own"),
    # Ch. XI, §P.3
    _named("97164 97168", "97010-97150 97530-97763", "59 XU", "the patient's status had changed"),
    # Ch. XI, §R and §S
    _named("62320-62327 64400-64530", "98925-98929", "59 XS", "the injection was in another region"),
    _named("97112 97124 97140", "98940-98942", "59 XS", "it was in a region without manipulation"),
)
