"""Whether the diagnoses of a claim are among those that a contractor's article lists for a procedure.

What an article does not settle in its lists and in the words above them is "not checked", with the reason: nothing is
called denied because of a pairing that its numbers only suggest. That a diagnosis is listed is no coverage decision:
the record must show that the service was needed (Social Security Act §1862(a)(1)(A)).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from codes.diagnoses.articles import Article, ListGroup
from codes.formatting import day


class Support(StrEnum):
    """What an article says of the diagnoses for a procedure, the worst first."""

    EXCLUDED = "excluded"
    SELF_ADMINISTERED = "usually self-administered"
    NOT_LISTED = "not listed"
    SUPPORTS = "supports"
    WITH_NOTE = "supports, with a note"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class ArticleAnswer:
    """What one article says, in a sentence. `diagnoses` are those that decide it."""

    article: Article
    support: Support
    words: str
    diagnoses: tuple[str, ...] = ()


def answer_of(article: Article, code: str, diagnoses: Sequence[str], at: date) -> ArticleAnswer:
    """What an article that lists a procedure says of the diagnoses of a claim on its date of service: one that supports
    it is enough."""
    if why := _not_of_that_day(article, at):
        return ArticleAnswer(article, Support.NOT_CHECKED, why)
    if drug := article.drug(code, at):
        named = f" ({drug.brand})" if drug.brand else ""
        words = f"{article.number} lists {code}{named} among the drugs that patients usually give themselves."
        return ArticleAnswer(article, Support.SELF_ADMINISTERED, words)
    if not (_with_lists(article.supports) or _with_lists(article.excludes)):
        return ArticleAnswer(article, Support.NOT_CHECKED, f"{article.number} lists no diagnoses.")
    answers = [_of_one(article, code, diagnosis) for diagnosis in diagnoses]
    best = min(answers, key=lambda answer: _BEST_FIRST.index(answer.support))
    if best.support is Support.NOT_LISTED:
        return ArticleAnswer(article, *_absent(article, code, diagnoses), tuple(diagnoses))
    return best


_BEST_FIRST = (
    Support.SUPPORTS,
    Support.WITH_NOTE,
    Support.NOT_CHECKED,
    Support.EXCLUDED,
    Support.NOT_LISTED,
)


def _not_of_that_day(article: Article, at: date) -> str:
    if article.begins and at < article.begins:
        return f"{article.number} is in force from {day(article.begins)} only."
    if article.ends and article.ends < at:
        return f"{article.number} ended on {day(article.ends)}."
    if article.revised and at < article.revised:
        return f"{article.number} was revised on {day(article.revised)}; what it listed before isn't loaded."
    return ""


def _of_one(article: Article, code: str, diagnosis: str) -> ArticleAnswer:
    def answer(support: Support, words: str) -> ArticleAnswer:
        return ArticleAnswer(article, support, words, (diagnosis,))

    number, groups = article.number, article.groups_of(code)
    listed = [group for group in _with_lists(article.supports) if group.lists(diagnosis)]
    excluding = [group for group in _with_lists(article.excludes) if group.lists(diagnosis)]
    if listed and excluding:
        return answer(
            Support.NOT_CHECKED,
            f"{number} lists {diagnosis} as supporting in {_named(listed)} and as excluded in {_named(excluding)}: its "
            f"words say which is for {code}.",
        )
    if excluding:
        if not _is_excluded(excluding, article, code):
            return answer(Support.NOT_CHECKED, _unsettled(number, excluding, code, diagnosis, "excludes"))
        return answer(Support.EXCLUDED, f"{number} excludes {diagnosis} for {code}.")
    if listed:
        group = _settled(listed, article.supports, code, groups)
        if group is None:
            return answer(Support.NOT_CHECKED, _unsettled(number, listed, code, diagnosis, "lists"))
        return answer(*_supported(number, group, code, diagnosis))
    if not _with_lists(article.supports):
        return answer(
            Support.NOT_CHECKED, f"{number} lists excluded diagnoses only; {diagnosis} isn't among them."
        )
    return answer(*_absent(article, code, [diagnosis]))


def _supported(number: str, group: ListGroup, code: str, diagnosis: str) -> tuple[Support, str]:
    words = f"{number} lists {diagnosis} among the diagnoses that support {code}"
    if group.star_of(diagnosis):
        note = f"“{_short(group.note)}”" if group.note else "read its note"
        return Support.WITH_NOTE, f"{words}, with an asterisk: {note}."
    if group.asks_for_more:
        return (
            Support.WITH_NOTE,
            f"{words}; the words above group {group.number} may ask for more: read them.",
        )
    return Support.SUPPORTS, f"{words}."


def _absent(article: Article, code: str, diagnoses: Sequence[str]) -> tuple[Support, str]:
    """Of diagnoses on none of the lists: whether one of them is for the code at all."""
    number, lists = article.number, _with_lists(article.supports)
    said = [group.holds_for(code, article.groups_of(code)) for group in lists]
    if all(each is False for each in said):
        return Support.NOT_CHECKED, f"The diagnoses that {number} lists are for other codes than {code}."
    subject = f"{diagnoses[0]} is not" if len(diagnoses) == 1 else f"None of {', '.join(diagnoses)} is"
    words = f"{subject} among the diagnoses that {number} lists"
    is_plain = len(article.codes) == 1 and not any(group.names_exceptions for group in lists)
    if True in said or is_plain:
        return Support.NOT_LISTED, f"{words} for {code}."
    return Support.NOT_LISTED, f"{words}; read which of its groups are for {code}."


def _settled(
    found: Sequence[ListGroup], every: Sequence[ListGroup], code: str, groups: frozenset[int]
) -> ListGroup | None:
    """The group among `found` that holds for the code beyond doubt: by its words, or since no other list is left."""
    said = {group.number: group.holds_for(code, groups) for group in found}
    for group in found:
        if said[group.number]:
            return group
    open_lists = [group for group in _with_lists(every) if group.holds_for(code, groups) is not False]
    is_plain = not any(group.names_exceptions for group in open_lists)
    return open_lists[0] if open_lists and is_plain and all(group in found for group in open_lists) else None


def _is_excluded(excluding: Sequence[ListGroup], article: Article, code: str) -> bool:
    """Whether a list of exclusions is for the code beyond doubt. One without words is not, where there are several
    groups of codes."""
    groups = article.groups_of(code)
    by_words = any(group.holds_for(code, groups) for group in excluding)
    return by_words or (
        len(article.codes) == 1 and _settled(excluding, article.excludes, code, groups) is not None
    )


def _unsettled(number: str, found: Sequence[ListGroup], code: str, diagnosis: str, verb: str) -> str:
    return f"{number} {verb} {diagnosis} in {_named(found)}; only its words say whether that is for {code}."


def _with_lists(groups: Sequence[ListGroup]) -> list[ListGroup]:
    return [group for group in groups if group.codes]


def _named(groups: Sequence[ListGroup]) -> str:
    numbers = " and ".join(str(group.number) for group in groups)
    return f"group{'s' if len(groups) > 1 else ''} {numbers}"


def _short(words: str) -> str:
    return words.replace("\n", " ").rstrip(". ")[:200]
