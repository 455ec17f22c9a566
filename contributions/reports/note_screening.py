"""What a note for staff must not hold, beyond what the screening of every text finds: short numbers of records and
claims, days without a year, and names as far as a pattern can tell one.

A note is prose, so that more is refused here than in lines copied from a claim, where a day and a short number are what
the visitor came to have read. Names have no form: given names that are nobody's word for anything else (no "Mark",
"Grace", "April", "Jackson" or "Virginia") give most of them away.
"""

import re
from collections.abc import Mapping

from codes.parsing.phi import KINDS, normalise, personal_kinds

_GIVEN_NAMES = """
    Aaron Abigail Adam Adriana Alan Albert Alejandro Alexander Alexandra Alexis Alice Alicia Allison Amanda Amber Amy
    Ana Andrea Andrew Angela Anita Ann Anna Anne Anthony Antonio Ashley Barbara Benjamin Bernard Beth Betty Beverly
    Brandon Brenda Brian Brittany Bruce Bryan Carl Carla Carlos Carmen Caroline Catherine Charles Cheryl Christina
    Christine Christopher Cindy Connie Crystal Cynthia Daniel Danielle David Deborah Debra Denise Dennis Diana Diane
    Diego Donald Donna Dorothy Douglas Edward Eileen Elaine Elena Elizabeth Ellen Emily Emma Eric Erica Erin Eugene
    Evelyn Fernando Francis Francisco Gary George Gerald Gloria Gregory Hannah Harold Heather Heidi Helen Henry
    Isabella Jacob Jacqueline James Jane Janet Janice Jason Javier Jeffrey Jennifer Jeremy Jerry Jessica Jesus Joan
    Joe John Jonathan Jorge Jose Joseph Joshua Joyce Juan Juanita Judith Judy Julia Julie Justin Karen Katherine
    Kathleen Kathryn Kathy Katie Kayla Keith Kelly Kenneth Kevin Kim Kimberly Kyle Larry Laura Lauren Lawrence Linda
    Lisa Lori Louis Louise Lucas Luis Luz Maria Marie Marilyn Mario Marjorie Martha Mary Matthew Megan Melissa Michael
    Michelle Miguel Mildred Monica Nancy Natalie Nathan Nicholas Nicole Norma Olivia Oscar Pamela Patricia Patrick
    Paul Paula Pedro Peter Philip Phyllis Rachel Ralph Raul Raymond Rebecca Ricardo Richard Robert Roberto Robin Roger
    Ronald Rosa Roy Russell Ruth Ryan Samantha Samuel Sandra Sara Sarah Scott Sean Sharon Shawn Shirley Sofia Sophia
    Stephanie Stephen Steven Susan Tammy Teresa Terry Theresa Thomas Tiffany Timothy Tina Todd Tracy Tyler Valerie
    Vanessa Veronica Victor Victoria Vincent Walter Wanda Wayne Wendy William Yolanda Zachary
"""
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    "Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)  # with a capital, or "modifier 25 may" were a day
_DAY = "(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_MONTH_AND_DAY = "(?:1[0-2]|0?[1-9])[/-](?:[12][0-9]|3[01]|0?[1-9])"
_NUMBER = r"\W{0,3}(?:(?:no|num|number|id)\b)?\W{0,3}"
_PERSON = "patient|pt|member|insured|subscriber|beneficiary|for|with"
_FORMS = "835|837|1500"  # what a claim is sent on, and answered with

_PATTERNS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "idnum": (
        re.compile(rf"\b(?:mrn|medical record|acct|account|chart){_NUMBER}[A-Z-]{{0,6}}[0-9]", re.IGNORECASE),
        re.compile(rf"\b(?:claim|icn|dcn|tcn|ccn){_NUMBER}(?!(?:{_FORMS})\b)[0-9]{{3}}", re.IGNORECASE),
    ),
    "date": (
        re.compile(
            rf"\b(?:dos|date of service|svc date|seen|admitted|discharged)\W{{0,3}}(?:on )?{_MONTH_AND_DAY}(?![/0-9])",
            re.IGNORECASE,
        ),
        re.compile(rf"\bon {_MONTH_AND_DAY}(?![/0-9]| of\b)"),
        re.compile(rf"\b{_DAY}(?: of)?[ -](?:{_MONTHS})\b(?! be\b)"),
    ),
    "name": (
        re.compile(rf"\b(?:{'|'.join((_GIVEN_NAMES + _GIVEN_NAMES.upper()).split())})\b"),
        re.compile(rf"\b(?i:{_PERSON}):? [A-Z]\. ?[A-Z][a-z]+"),
        re.compile(r"\b[A-Z][a-z]+, [A-Z]\.(?![A-Z])"),
        re.compile(r"\b(?i:spoke|talked|speaking|talking) (?:with|to) [A-Z][a-z]+ (?:at|from) [A-Z]"),
    ),
}


def kinds_in_note(note: str, code: str) -> tuple[str, ...]:
    """The kinds of personal things in a note about `code`, as keys of KINDS; empty for none.

    >>> kinds_in_note("Spoke with Karen at Aetna about claim 12345.", "99213")
    ('idnum', 'name')
    >>> kinds_in_note("The corrected claim 99213-25 was paid.", "99213")
    ()
    """
    text = normalise(note).replace(code, "¤")
    found = {kind for kind, patterns in _PATTERNS.items() if any(each.search(text) for each in patterns)}
    found.update(personal_kinds(note))
    return tuple(kind for kind in KINDS if kind in found)
