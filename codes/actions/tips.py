"""What staff does with tips. Each step is one transaction that also moves the version of the tips.

Words go through four eyes: whoever wrote them last cannot publish them, and what is published is what the reviewer
read. Where nobody else may publish, the author may, with a reason that stays in the history. What is published stays
on the page, untouched, until its change has been reviewed. A step takes one tip or as many as a list has: a few
queries for all of them, and a version in the history of each.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from simple_history.utils import bulk_update_with_history

from codes.models import Tip, TipState, Version
from codes.models.tip import WORDS
from codes.queries.releases import calendar
from codes.queries.tip_check import check
from codes.tips.placeholders import mistakes

REVIEW_EVERY_YEARS = 1
NEEDS_SOURCE = "It needs a source, or an impact that is worked out from a placeholder."
MOST_ALONE = 50  # codes whose tips are counted by themselves: each request reads as many rows
OTHERS_PUBLISH = "Another member of staff may publish it: ask for a review."
NEEDS_REASON = "Say why nobody else reviewed it: it stays in the history."
READ_ALONE = "Read again by its author: nobody else publishes."
UNREVIEWED = "Published unreviewed"
PERMISSIONS = "django.contrib.auth.backends.ModelBackend"
OTHER_WORDS = "Its words were changed after you opened the page. Read them as they are now."
STANDING = (
    "state",
    "from_project",
    "author",
    "reviewer",
    "reviewed_on",
    "unreviewed_because",
    "review_again_by",
)


class Refused(Exception):
    """A step that may not be taken, with the reason in words."""


@dataclass
class StepResult:
    """What became of a step: the tips that it was taken with, and the others with the reason."""

    done: list[Tip] = field(default_factory=list)
    refused: list[tuple[Tip, str]] = field(default_factory=list)


Step = Callable[[Tip], Tip]


def check_words(tip: Tip) -> None:
    """Raise ValidationError where a placeholder is wrong or the subject of the tip is not clear."""
    wrong = {name: mistakes(getattr(tip, name)) for name in ("text", "impact")}
    if found := {name: problems for name, problems in wrong.items() if problems}:
        raise ValidationError(found)
    tip.validate_constraints()


@transaction.atomic
def write(tip: Tip, by: User) -> Tip:
    """Keep the words of `tip` as a draft of `by`. Where it is published or retired, a change of it is made, or the
    pending change rewritten, and returned instead: the published words stay until that is published."""
    held = Tip.objects.select_for_update().filter(pk=tip.pk).first() if tip.pk else None
    draft = held or Tip()
    if held and held.state in (TipState.PUBLISHED, TipState.RETIRED):
        draft = Tip.objects.filter(replaces=held).first() or Tip(replaces=held)
    _copy_words(tip, draft)
    check_words(draft)
    draft.state, draft.author, draft.reviewer, draft.reviewed_on = TipState.DRAFT, by, None, None
    draft._history_user = by  # type: ignore[attr-defined]
    _bump([draft])
    draft.save()
    return draft


def submit(tip: Tip, by: User) -> Tip:
    """Ask for a review."""
    return _one(submit_all([tip], by))


def submit_all(tips: Iterable[Tip], by: User, why: str = "") -> StepResult:
    """Ask for a review of each draft."""
    return _take(tips, by, why, lambda tip: _moved(tip, TipState.DRAFT, TipState.IN_REVIEW))


def send_back(tip: Tip, by: User) -> Tip:
    """Give a tip back to its author."""
    return _one(send_back_all([tip], by))


def send_back_all(tips: Iterable[Tip], by: User, why: str = "") -> StepResult:
    """Give tips in review back to their authors."""
    return _take(tips, by, why, lambda tip: _moved(tip, TipState.IN_REVIEW, TipState.DRAFT))


def publish(tip: Tip, by: User, today: date, read: str | None = None) -> Tip:
    """Put a reviewed tip on the page; a change takes the place of the tip that it changes, which is returned. `read`
    is the digest of the words that the reviewer saw; None where they are those of `tip`."""
    return _one(publish_all([tip], by, today, read={tip.pk: tip.digest if read is None else read}))


def publish_all(
    tips: Iterable[Tip], by: User, today: date, why: str = "", *, read: Mapping[int, str]
) -> StepResult:
    """Publish each tip whose words are those that were read: the digests by key."""

    def published(tip: Tip) -> Tip:
        _demand_read(tip, by, read, "publishes it")
        return _on_the_page(tip, by, today)

    return _take(tips, by, why, published, today)


def publish_alone_all(
    tips: Iterable[Tip], by: User, today: date, why: str, *, read: Mapping[int, str]
) -> StepResult:
    """Publish tips of one's own, unreviewed, with the reason; refused where somebody else may publish."""
    alone = is_alone(by)

    def published(tip: Tip) -> Tip:
        if not alone:
            raise Refused(OTHERS_PUBLISH)
        if not why:
            raise Refused(NEEDS_REASON)
        if read.get(tip.pk) != tip.digest:
            raise Refused(OTHER_WORDS)
        return _on_the_page(tip, by, today, why)

    return _take(tips, by, f"{UNREVIEWED}: {why}"[:100], published, today)


def is_alone(by: User) -> bool:
    """Whether no other active member of staff may publish: one query."""
    others = User.objects.with_perm("codes.publish_tip", backend=PERMISSIONS).exclude(pk=by.pk)
    return not others.filter(is_staff=True).exists()


def sent_back_because(tip: Tip) -> str:
    """Why a reviewer sent this draft back, if that is the last that was done with it; else ""."""
    if tip.pk is None or tip.state != TipState.DRAFT:
        return ""
    last = tip.history.select_related("history_user").first()
    if last is None or last.history_user_id in (None, tip.author_id):
        return ""
    return str(last.history_change_reason or "")


def confirm(tip: Tip, by: User, today: date, read: str | None = None) -> Tip:
    """Say that a published tip has been read again and still holds."""
    return _one(confirm_all([tip], by, today, read={tip.pk: tip.digest if read is None else read}))


def confirm_all(
    tips: Iterable[Tip], by: User, today: date, why: str = "", *, read: Mapping[int, str]
) -> StepResult:
    """Say of published tips that they have been read again and still hold. An author may, where nobody else does."""
    alone = is_alone(by)

    def confirmed(tip: Tip) -> Tip:
        _demand_read(tip, by, read, "" if alone else "has to read it again")
        _demand(tip, TipState.PUBLISHED)
        return _reviewed(tip, by, today, READ_ALONE if tip.author_id == by.pk else "")

    return _take(tips, by, why, confirmed, today)


def retire(tip: Tip, by: User, why: str = "") -> Tip:
    """Take a tip off the page. It is kept, with its history; the project's file does not bring it back.

    A change that was not published is given up: the tip that it would have changed stays as it is, and is returned.
    """
    return _one(retire_all([tip], by, why))


def retire_all(tips: Iterable[Tip], by: User, why: str = "") -> StepResult:
    """Retire each tip; a change that was not published is given up."""

    def retired(tip: Tip) -> Tip:
        if tip.replaces is not None:
            return tip.replaces
        if tip.state == TipState.RETIRED:
            raise Refused("It is retired already.")
        tip.state, tip.from_project = TipState.RETIRED, False
        return tip

    return _take(tips, by, why, retired)


def restore(tip: Tip, by: User, today: date, why: str = "") -> Tip:
    """Put a retired tip back on the page, as it was reviewed."""
    return _one(restore_all([tip], by, today, why))


def restore_all(tips: Iterable[Tip], by: User, today: date, why: str = "") -> StepResult:
    """Put retired tips back on the page as they were reviewed; words that nobody reviewed are refused. The project's
    own words are the project's again."""

    def restored(tip: Tip) -> Tip:
        _demand(tip, TipState.RETIRED)
        if tip.reviewed_on is None:
            raise Refused("Nobody has reviewed it: save it as a draft and ask for a review.")
        if tip.from_project:
            raise Refused("The project no longer has it: save it as a draft of your own.")
        tip.state, tip.from_project = TipState.PUBLISHED, tip.author_id is None
        return tip

    return _take(tips, by, why, restored, today)


def objections(tips: Iterable[Tip], today: date) -> dict[int, str]:
    """Why these words cannot be on a page on `today`, by the key of the tip; no key where nothing is wrong."""
    held = list(tips)
    found = {each.tip.pk: f"{'; '.join(each.contradictions)}." for each in check(calendar(), held, today)}
    for tip in held:
        if not tip.source_title and "{" not in tip.impact:
            found.setdefault(tip.pk, NEEDS_SOURCE)
    return found


def year_after(day: date) -> date:
    """The same day of the next year, for the next review."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + REVIEW_EVERY_YEARS, day=28 if leap_day else day.day)


@transaction.atomic
def _take(tips: Iterable[Tip], by: User, why: str, step: Step, today: date | None = None) -> StepResult:
    """Take a step with each tip as it is stored now. Where the step puts words on a page (`today` is its day), words
    that contradict the data are refused."""
    keys = [tip.pk for tip in tips]
    stored = _stored(keys)
    wrong = objections(stored.values(), today) if today else {}
    outcome, given_up = StepResult(), []
    for tip in (stored[key] for key in keys if key in stored):
        try:
            changed = step(tip)
            if tip.pk in wrong:
                raise Refused(wrong[tip.pk])
        except Refused as refusal:
            outcome.refused.append((tip, str(refusal)))
            continue
        outcome.done.append(changed)
        given_up += [tip] if changed is not tip else []
    _keep({tip.pk: tip for tip in outcome.done}.values(), given_up, by, why)
    return outcome


def _stored(keys: list[int]) -> dict[int, Tip]:
    """The tips of these keys, locked; a change knows the tip that it changes as the same object."""
    held = Tip.objects.select_for_update(of=("self",)).select_related("author", "reviewer", "replaces")
    stored = held.in_bulk(keys)
    for tip in stored.values():
        if tip.replaces_id in stored:
            tip.replaces = stored[tip.replaces_id]
    return stored


def _keep(done: Collection[Tip], given_up: list[Tip], by: User, why: str) -> None:
    """Store the tips and a version of each; drafts that went into another tip, or nowhere, are deleted."""
    if not done:
        return
    _bump([*done, *given_up])
    for draft in given_up:
        draft._history_user, draft._change_reason = by, why  # type: ignore[attr-defined]
        draft.delete()
    fields = (*STANDING, *(WORDS if given_up else ()))
    bulk_update_with_history(done, Tip, fields, batch_size=500, default_user=by, default_change_reason=why)


def _bump(tips: Collection[Tip]) -> None:
    """Count up what shows these tips, as they were and as they are: the pages of their codes; every page where one is
    of a range or family of codes, or where many codes were counted by themselves already."""
    stored = Tip.objects.filter(pk__in=[tip.pk for tip in tips]).values_list("code", flat=True)
    codes = {tip.code for tip in tips} | set(stored)
    alone = Version.objects.filter(name__startswith=Version.OF_CODE)
    if "" in codes or alone.count() + len(codes) > MOST_ALONE:
        Version.bump("tips")  # first, as elsewhere: one after the other
        alone.delete()
        return
    for code in sorted(codes):
        Version.bump(f"{Version.OF_CODE}{code}")


def _one(outcome: StepResult) -> Tip:
    if outcome.refused:
        raise Refused(outcome.refused[0][1])
    if not outcome.done:
        raise Refused("It is no longer there.")
    return outcome.done[0]


def _moved(tip: Tip, from_state: TipState, to: TipState) -> Tip:
    _demand(tip, from_state)
    tip.state = to
    return tip


def _demand(tip: Tip, state: TipState) -> None:
    if tip.state != state:
        raise Refused(f"It is {tip.get_state_display().lower()}, not {state.label.lower()}.")


def _on_the_page(tip: Tip, by: User, today: date, alone_because: str = "") -> Tip:
    """The tip, or the one that it changes, as it is once it is published."""
    _demand(tip, TipState.IN_REVIEW)
    target = tip
    if tip.replaces is not None:
        target = tip.replaces
        _copy_words(tip, target)
        target.author = tip.author
    target.state, target.from_project = TipState.PUBLISHED, False
    return _reviewed(target, by, today, alone_because)


def _demand_read(tip: Tip, by: User, read: Mapping[int, str], another: str) -> None:
    """That these words were read, and by somebody else where `another` says for what."""
    if another and tip.author_id == by.pk:
        raise Refused(f"You wrote it: another reviewer {another}.")
    if read.get(tip.pk) != tip.digest:
        raise Refused(OTHER_WORDS)


def _copy_words(source: Tip, target: Tip) -> None:
    for name in WORDS:
        setattr(target, name, getattr(source, name))


def _reviewed(tip: Tip, by: User, today: date, alone_because: str = "") -> Tip:
    tip.unreviewed_because = alone_because
    tip.reviewer, tip.reviewed_on, tip.review_again_by = by, today, year_after(today)
    return tip
