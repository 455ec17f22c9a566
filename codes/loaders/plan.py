"""From paths to candidates: which file becomes which release, in force from when, and what is skipped and why.

Names and dates come from the files themselves. The relative value file says its year and quarter in its title,
and its conversion factor says the rest: where the law changed the factor within a quarter (as on 2024-03-09),
the release is in force from that day. The other files of its archive are its companions and share its name and
day. A file that comes alone is dated by its own heading or name, or by `--effective-from`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from codes.cms.archive import Member, open_members
from codes.cms.detect import Format, Skipped, detect
from codes.cms.layout import LayoutError
from codes.cms.workbook import is_workbook
from codes.loaders import coverage_sets, dating
from codes.loaders.candidate import COMPANIONS, LONGEST_NAME, Candidate, Plan, home
from codes.loaders.errors import LoadRefused, Undated
from codes.loaders.fee_schedule_dating import of_relative_values
from codes.loaders.rivals import refuse_rivals
from codes.loaders.sources import BY_FORMAT
from codes.models.release import Source

Found = tuple[Member, Format]
UNUSED = {
    Format.HCPCS_MODIFIERS_CSV: "not needed: the page of each modifier says what it does",
    Format.PAYMENT_AMOUNTS: "give it to `reconcile`, which compares it with our amounts",
}


def plan(paths: Sequence[Path], effective_from: date | None = None) -> Plan:
    """Look at every file of every path. Raises ArchiveError or LoadRefused before anything is slow.

    A file that is damaged, or does not say its day, is put aside, and the others are planned; it is refused where it is
    the only one.
    """
    made = Plan()
    archives: dict[tuple[Path, str], list[Found]] = {}
    passed_over: list[tuple[Member, str]] = []
    for member in (member for path in paths for member in open_members(path)):
        found = detect(member)
        if isinstance(found, Skipped):
            passed_over.append((member, found.reason))
        elif found not in BY_FORMAT:
            made.skipped.append((member.name, f"{found.value}: {UNUSED.get(found, 'no page needs it')}"))
        else:
            archives.setdefault((home(member), member.archive), []).append((member, found))
    made.skipped += _reasons(passed_over, (each for found in archives.values() for each in found))
    for members in archives.values():
        made.candidates += coverage_sets.taken_from(members, effective_from, made.refused)
        made.candidates += _dated(_without_twins(members, made), effective_from, made)
    made.candidates = _with_parts_together(made.candidates)
    refuse_rivals(made)
    if made.refused and not made.candidates:
        raise Undated("\n".join(made.refused))
    made.candidates.sort(key=lambda candidate: (candidate.effective_from, candidate.source))
    return made


def _reasons(passed_over: Iterable[tuple[Member, str]], read: Iterable[Found]) -> Iterator[tuple[str, str]]:
    """Each file that is passed over, with its reason: a workbook has a twin only where the twin is there."""
    twins = {_place(member): member.name for member, _ in read}
    for member, reason in passed_over:
        twin = twins.get(_place(member)) if is_workbook(member.name) else None
        yield member.name, f"twin of {twin}" if twin else reason


def _place(member: Member) -> tuple[Path, str, PurePosixPath, str]:
    """What a file shares with its twins: archive, folder, and name without its ending."""
    return home(member), member.archive, _folder(member), Path(member.name).stem.lower()


def _without_twins(members: list[Found], made: Plan) -> list[Found]:
    """Of a csv, a txt and a workbook with the same content keep the one that its source prefers."""
    best: dict[tuple[Source, *tuple[object, ...]], Found] = {}
    kept = []
    for member, fmt in sorted(members, key=lambda found: list(BY_FORMAT).index(found[1])):
        key = (BY_FORMAT[fmt].source, *_place(member))
        first, preferred = best.setdefault(key, (member, fmt))
        if fmt is preferred:
            kept.append((member, fmt))
        else:
            made.skipped.append((member.name, f"twin of {first.name}"))
    return list(_without_collections(kept, made))


def _without_collections(members: list[Found], made: Plan) -> Iterator[Found]:
    """Without the workbook of all surgery center addenda, where the three of its quarter are files of their own."""
    quarter = _quarter_of_addenda(members)
    parts = [member.name for member, fmt in members if fmt is Format.ASC]
    for member, fmt in members:
        whole = fmt is Format.ASC_XLSX and len(parts) == len(BY_FORMAT[fmt].parts)
        if whole and dating.of_titles(member) == quarter:
            made.skipped.append((member.name, f"its sheets are loaded from {', '.join(parts)}"))
        else:
            yield member, fmt


def _folder(member: Member) -> PurePosixPath:
    """The folder inside the zip: files of one name in two folders are two files."""
    return PurePosixPath(member.entries[-1] if member.entries else member.name).parent


def _dated(members: list[Found], effective_from: date | None, made: Plan) -> Iterator[Candidate]:
    """The candidates of one archive, companions dated by its relative value file."""
    datings, damaged = _datings(members, effective_from is not None, made)
    if damaged and damaged[0].entries:
        datings, members = {}, _without_fee_schedule(members, made)
    members = [found for found in members if found[0] not in damaged]
    quarters = {each.effective_from for each in datings.values()} if not damaged else set()
    addenda = _quarter_of_addenda(members)
    leader = replace(next(iter(datings.values())), source=None) if len(quarters) == 1 else None
    for member, fmt in members:
        own = datings.get(member)
        try:
            if leader and BY_FORMAT[fmt].source in COMPANIONS:
                own = _as_companion(member, fmt, leader)
            if addenda and fmt is Format.ASC:
                own = dating.of_addendum(member, addenda)
            yield _candidate(member, fmt, own or dating.of_file(member, fmt), effective_from)
        except (Undated, LayoutError) as refusal:
            made.refused.append(str(refusal))


def _datings(
    members: list[Found], day_is_given: bool, made: Plan
) -> tuple[dict[Member, dating.ReleaseDating], list[Member]]:
    """The relative value files of an archive or a folder with their datings, and those that cannot be dated. In a zip
    nothing goes without the other; in a folder each file stands for itself."""
    datings: dict[Member, dating.ReleaseDating] = {}
    damaged = []
    for member, fmt in members:
        if BY_FORMAT[fmt].source == Source.PPRRVU:
            try:
                datings[member] = of_relative_values(member, day_is_given)
            except (Undated, LayoutError) as refusal:
                made.refused.append(str(refusal))
                damaged.append(member)
    return datings, damaged


def _without_fee_schedule(members: list[Found], made: Plan) -> list[Found]:
    """The files that do not wait for relative values: those come into force with their companions, or not at all."""
    waiting = [member for member, fmt in members if BY_FORMAT[fmt].source in (Source.PPRRVU, *COMPANIONS)]
    made.skipped += [(member.name, "waits for the relative values of its archive") for member in waiting]
    return [found for found in members if found[0] not in waiting]


def _quarter_of_addenda(members: list[Found]) -> date | None:
    """The quarter that the surgery center addenda of an archive name, where it is one: Addendum EE names none."""
    days = {dating.of_titles(member) for member, fmt in members if fmt is Format.ASC} - {None}
    return days.pop() if len(days) == 1 else None


def _as_companion(member: Member, fmt: Format, leader: dating.ReleaseDating) -> dating.ReleaseDating:
    """The dating of the relative values beside it. LoadRefused where the file says that it is of another year."""
    own = dating.of_file(member, fmt)
    if own and own.effective_from.year != leader.effective_from.year:
        raise LoadRefused(
            f"{member.name} is of {own.effective_from.year}, and the relative values with it are {leader.name} of "
            f"{leader.effective_from.year}. Give each archive as CMS publishes it, or load this file alone."
        )
    return leader


def _candidate(
    member: Member,
    fmt: Format,
    release_dating: dating.ReleaseDating | None,
    effective_from: date | None,
) -> Candidate:
    day = effective_from or (release_dating.effective_from if release_dating else None)
    if day is None:
        raise Undated(
            f"{member.name}: neither its heading nor its name says from when it is in force. "
            "Give --effective-from YYYY-MM-DD."
        )
    loader = BY_FORMAT[fmt]
    return Candidate(
        loader,
        (release_dating.source if release_dating else None) or loader.source,
        member,
        release_dating.name if release_dating else Path(member.name).stem[:LONGEST_NAME],
        day,
        release_dating.conversion_factor if release_dating and loader.source == Source.PPRRVU else None,
        release_dating.part if release_dating else 0,
        day_is_given=effective_from is not None,
        by_name=bool(release_dating and release_dating.by_name),
    )


def _with_parts_together(candidates: list[Candidate]) -> list[Candidate]:
    """The files of a set, the four of bundling edits or the three addenda of surgery centers, as one candidate. A set
    with a part missing is refused."""
    whole = [candidate for candidate in candidates if not candidate.part]
    sets: dict[tuple[Source, date, Path | None], dict[int, Candidate]] = {}
    for candidate in candidates:
        if candidate.part:
            in_one_zip = candidate.source == Source.ASC
            within = home(candidate.member) if in_one_zip else None
            parts = sets.setdefault((candidate.source, candidate.effective_from, within), {})
            first = parts.setdefault(candidate.part, candidate)
            if first is not candidate and first.member.sha256() != candidate.member.sha256():
                raise LoadRefused(f"{candidate.member.name} was given twice, with different contents.")
    for parts in sets.values():
        leader, *rest = (parts[number] for number in sorted(parts))
        expected = leader.loader.parts
        if missing := " and ".join(name for number, name in expected.items() if number not in parts):
            count = {3: "three", 4: "four"}[len(expected)]
            raise LoadRefused(
                f"{leader.source.label} {leader.name}: it has {count} files. With {leader.member.name} the set "
                f"lacks {missing}. Give all {count} at once."
            )
        whole.append(replace(leader, further=tuple(candidate.member for candidate in rest)))
    return whole
