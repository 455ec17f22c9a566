"""One file becomes one release, in one transaction, or nothing at all happens.

The files of one archive and day come into force together: relative values never meet the indices of another year.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from tqdm import tqdm

from codes.loaders import bulk, changes, checks
from codes.loaders.candidate import Candidate
from codes.loaders.errors import Undated
from codes.loaders.rows import Options
from codes.models import Release, Version
from codes.models.release import ReleaseState


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What became of one candidate: loaded, already there, or (on a dry run) found good."""

    candidate: Candidate
    word: str
    messages: tuple[str, ...] = ()
    replaced: str = ""


Around = Callable[[Candidate], AbstractContextManager[None]]


def _nothing_around(candidate: Candidate) -> AbstractContextManager[None]:
    return nullcontext()


def load_together(
    candidates: Sequence[Candidate],
    options: Options,
    *,
    dry_run: bool = False,
    sample: bool = False,
    around: Around = _nothing_around,
) -> list[LoadResult]:
    """Load each of `candidates` as `load` does, all of them in one transaction or none."""
    with transaction.atomic():
        outcomes = [
            load(candidate, options, dry_run=dry_run, sample=sample, around=around)
            for candidate in candidates
        ]
    for outcome in outcomes:
        if outcome.word == "loaded":
            bulk.vacuum_analyze(outcome.candidate.loader.model)
    return outcomes


def load(
    candidate: Candidate,
    options: Options,
    *,
    dry_run: bool = False,
    sample: bool = False,
    around: Around = _nothing_around,
) -> LoadResult:
    """Parse, copy, check, and make the release READY, all or nothing.

    The same bytes for the same day change nothing. Another file for that day is a correction and retires the
    former one. Two loads at once go one after the other, while readers go on undisturbed; `around` is entered when
    this one's turn has come. Raises LayoutError, ArchiveError, LoadRefused or DatabaseError; the former release is
    then served as before.
    """
    digest = candidate.digest()
    with transaction.atomic():
        Version.bump("data")  # first of all, because it holds another load back until this one has ended
        if _is_there(candidate, options, digest, sample):
            transaction.set_rollback(True)
            return LoadResult(candidate, "unchanged")
        _refuse_another_factor(candidate)
        with around(candidate):
            outcome = _load(candidate, options, digest, sample)
        transaction.set_rollback(dry_run)
    if not dry_run:
        bulk.vacuum_analyze(candidate.loader.model)
    return replace(outcome, word="checked") if dry_run else outcome


def _is_there(candidate: Candidate, options: Options, digest: str, sample: bool) -> bool:
    """Whether these bytes are served from that day, as a sample or not, with the descriptions where asked for."""
    return (
        Release.objects.ready()
        .filter(is_sample=sample)
        .filter(source=candidate.source, effective_from=candidate.effective_from, sha256=digest)
        .filter(ama_license_accepted__gte=options.accept_ama_license)
        .exists()
    )


def _refuse_another_factor(candidate: Candidate) -> None:
    """A correction never changes the conversion factor of a day that is served already, unless the operator says so.

    Where the law changes the factor within a quarter, as on 2024-03-09, CMS publishes the quarter again with the same
    title; so does a renamed file of the other track look.
    """
    former = (
        Release.objects.ready()
        .filter(source=candidate.source, effective_from=candidate.effective_from)
        .exclude(conversion_factor=candidate.conversion_factor)
        .first()
    )
    if candidate.conversion_factor is None or candidate.day_is_given or former is None:
        return
    raise Undated(
        f"{candidate.member.name} ({candidate.member.archive}) has the conversion factor "
        f"{candidate.conversion_factor}, and {former.name}, in force from the same day, {former.conversion_factor}. "
        "If the law changed the factor within the quarter, say from which day: --effective-from YYYY-MM-DD. If "
        f"{former.name} was wrong, say --effective-from {candidate.effective_from}. If it is the file of qualifying "
        "APM participants, give it CMS's own name, with QPP in it."
    )


def _load(candidate: Candidate, options: Options, digest: str, sample: bool) -> LoadResult:
    release = Release.objects.create(
        source=candidate.source,
        name=candidate.name,
        effective_from=candidate.effective_from,
        file_name=candidate.file_name,
        sha256=digest,
        conversion_factor=candidate.conversion_factor,
        is_sample=sample,
        ama_license_accepted=options.accept_ama_license,
    )
    release.row_count = _copy(candidate, release, options)
    former = Release.objects.ready().in_force(candidate.source, candidate.effective_from)
    release.checks = checks.sentences(release, former)
    same_day = Release.objects.ready().filter(source=release.source, effective_from=release.effective_from)
    replaced = ", ".join(same_day.values_list("name", flat=True))
    same_day.update(state=ReleaseState.RETIRED)
    release.checks += changes.record(release)
    release.state = ReleaseState.READY
    release.save()
    return LoadResult(candidate, "loaded", tuple(release.checks), replaced)


def _copy(candidate: Candidate, release: Release, options: Options) -> int:
    loader = candidate.loader
    records = _watched(candidate.rows(options), candidate)
    columns = (*loader.columns, "release_id")
    return bulk.copy_rows(
        loader.model,
        columns,
        _with_key(records, release.pk),
        queries_while_reading=loader.queries_while_reading,
    )


def _with_key(records: Iterable[tuple[Any, ...]], key: int) -> Iterator[tuple[Any, ...]]:
    for record in records:
        yield (*record, key)


def _watched(records: Iterable[tuple[Any, ...]], candidate: Candidate) -> Iterable[tuple[Any, ...]]:
    """A progress bar on a terminal, nothing in a pipe."""
    return tqdm(records, desc=candidate.name, unit=" rows", leave=False, disable=None)
