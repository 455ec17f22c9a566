"""The checks of a claim's diagnoses against ICD-10-CM.

A claim needs codes of the highest specificity that are valid on the date of service (Claims Processing Manual, ch. 23,
§10); without them it comes back as unprocessable (CARC 16 with M76; on a line CARC 146). An Excludes1 note forbids two
codes together unless the two conditions are unrelated (ICD-10-CM Official Guidelines, section I.A.12.a).
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import combinations

from codes.diagnoses.types import Book, DiagnosisFinding, Entry, Excludes1, FindingKind
from codes.formatting import day

MANUAL = "Claims Processing Manual, ch. 23, §10"
GUIDELINES = "ICD-10-CM Official Guidelines, section I.A.12.a"
INVALID = ("CARC 16", "RARC M76", "CARC 146")


def check_diagnoses(
    codes: Sequence[str], book: Book, at: date, encounters: Sequence[Collection[str]] = ()
) -> tuple[DiagnosisFinding, ...]:
    """What is wrong with the diagnoses of a claim on its date of service, in their order; pairs come last. `encounters`
    are the diagnoses of each encounter of the day, where the claim says that there were several."""
    alone = (found for code in codes for found in _alone(code, book, at))
    entries = [book.entries[code] for code in codes if code in book.entries]
    pairs = (
        _pair(one, other, book)
        for one, other in combinations(entries, 2)
        if not encounters or any(one.code in each and other.code in each for each in encounters)
    )
    return (*alone, *(found for found in pairs if found))


def _alone(code: str, book: Book, at: date) -> Iterator[DiagnosisFinding]:
    entry = book.entries.get(code)
    if entry is None:
        yield _unknown(code, book, at)
    elif not entry.is_billable:
        yield _finding(
            FindingKind.NOT_BILLABLE,
            code,
            book,
            words=f"{entry} isn't billable: there are longer codes under it.",
            fix=_use_longer(code, book),
        )


def _unknown(code: str, book: Book, at: date) -> DiagnosisFinding:
    if book.is_sample:
        return _not_checked(code, book)
    if days := book.other_releases.get(code):
        return _finding(
            FindingKind.NOT_ON_THAT_DAY,
            code,
            book,
            words=f"{code} isn't a valid diagnosis on {day(at)}: {_valid_when(days, book)}.",
            fix=_use_longer(code, book) or "Choose a code that is valid on the date of service.",
        )
    return _finding(
        FindingKind.UNKNOWN,
        code,
        book,
        words=f"{code} isn't an ICD-10-CM code{_unless_newer(book)}.",
        fix=_instead(code, book),
    )


def _not_checked(code: str, book: Book) -> DiagnosisFinding:
    return DiagnosisFinding(
        kind=FindingKind.NOT_CHECKED,
        codes=(code,),
        words=f"{code} isn't in the sample of ICD-10-CM that this site runs on, so it wasn't checked.",
        fix="",
        source=_source(book),
    )


def _valid_when(days: Sequence[date], book: Book) -> str:
    if min(days) > book.effective_from:
        return f"it is new in the release of {day(min(days))}"
    return f"the release of {day(max(days))} still had it, the one in force does not"


def _unless_newer(book: Book) -> str:
    if book.next_due is None:
        return ""
    return f" in the release of {day(book.effective_from)}; the one of {day(book.next_due)} isn't loaded"


def _instead(code: str, book: Book) -> str:
    if code in book.procedures:
        plain = code.replace(".", "")
        return f"{plain} is a HCPCS code: put it on a claim line."
    return _use_longer(code, book) or "Check the code for a typing error."


def _use_longer(code: str, book: Book) -> str:
    longer = book.longer.get(code, ())
    if not longer:
        return ""
    named = ", ".join(map(str, longer))
    return f"Use a longer code: {named}{', and more' if code in book.more else ''}."


def _pair(one: Entry, other: Entry, book: Book) -> DiagnosisFinding | None:
    """What an Excludes1 note on either of two codes says of the other."""
    note = _excluding(one, other) or _excluding(other, one)
    if note is None:
        return None
    return DiagnosisFinding(
        kind=FindingKind.EXCLUDES1,
        codes=(one.code, other.code),
        words=f"{one} and {other} exclude each other: Excludes1 note under {note.under}, “{note.words}”.",
        fix="Report the one that the record supports. Both only where the two conditions are unrelated.",
        source=f"{GUIDELINES}; {_source(book)}",
    )


def _excluding(one: Entry, other: Entry) -> Excludes1 | None:
    """The note of one code that names the other. A note on both, as one of their block, speaks of neither."""
    return next((note for note in one.notes if note.names(other.code) and not note.names(one.code)), None)


def _finding(kind: FindingKind, code: str, book: Book, *, words: str, fix: str) -> DiagnosisFinding:
    return DiagnosisFinding(
        kind=kind, codes=(code,), words=words, fix=fix, source=f"{MANUAL}; {_source(book)}", reasons=INVALID
    )


def _source(book: Book) -> str:
    return f"{book.release}, in force from {day(book.effective_from)}"
