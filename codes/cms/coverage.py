"""Billing articles and local coverage determinations (LCDs) of the Medicare contractors, joined from their tables.

A document is known by its id and version; only those of status A count, of two versions the newer, and of the other
tables only the rows of that version. Codes and diagnoses stand in groups by number. CMS does not tie a group of codes
to a group of diagnoses by their numbers: the paragraph of a group says in words what it holds for. XX000 says that a
group has no list. Long and short descriptions are not read: those of CPT codes are the AMA's.

`coverage_tables` says what the files are, and that none of CMS has been met. Memory holds the codes, not the texts of
the documents.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from codes.cms import coercers, coverage_cells
from codes.cms.coverage_contractors import Contractor, Rows, contractors, key_of
from codes.cms.coverage_groups import Groups, Owned, add_codes, add_paragraphs
from codes.cms.layout import LayoutError, Row

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ListedDrug:
    """A drug that a contractor takes for usually self-administered, from a day and until another where they stand."""

    code: str
    brand: str
    begins: dt.date | None
    ends: dt.date | None


@dataclass(slots=True)
class Document:
    """One article ("A57201") or LCD ("L33394") in force, whose it is, and what it lists by the numbers of its groups.

    `begins` is the first day of the document, `revised` that of its last revision, `ends` its last day; None where
    CMS gives none. `related` are the other documents that it names.
    """

    number: str
    title: str
    begins: dt.date | None
    revised: dt.date | None
    ends: dt.date | None
    contractors: list[Contractor] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    codes: Groups = field(default_factory=dict)
    supports: Groups = field(default_factory=dict)
    excludes: Groups = field(default_factory=dict)
    drugs: list[ListedDrug] = field(default_factory=list)


def parse_articles(rows: Rows) -> Iterator[Document]:
    """The articles in force, in the order of the file. `rows` gives the rows of a table by its name."""
    tables = _Tables(rows, "article", ("article_eff_date",), ("article_end_date", "date_retired"))
    tables.add_groups("hcpc_code", "codes", coverage_cells.procedure)
    tables.add_groups("icd10_covered", "supports", coverage_cells.diagnosis, starred=True)
    tables.add_groups("icd10_noncovered", "excludes", coverage_cells.diagnosis)
    for row, document in tables.of("article_x_code_table"):
        _add_drug(row, document)
    for row, document in tables.of("article_related_documents"):
        document.related += [letter + number for letter, column in RELATED if (number := row.text(column))]
    for row, document in tables.of("article_x_revision_history"):
        document.revised = _latest(document.revised, row.read("rev_hist_date", coverage_cells.day))
    yield from tables.documents()


def parse_lcds(rows: Rows) -> Iterator[Document]:
    """The LCDs in force, in the order of the file. `rows` gives the rows of a table by its name."""
    tables = _Tables(rows, "lcd", ("orig_det_eff_date", "rev_eff_date"), ("ent_det_end_date",))
    tables.add_groups("hcpc_code", "codes", coverage_cells.procedure)
    yield from tables.documents()


RELATED = (("A", "r_article_id"), ("L", "r_lcd_id"))


def newest_update(rows: Iterator[Row]) -> dt.date | None:
    """The day on which the newest document in force was last updated."""
    days = (row.read("last_updated", coverage_cells.day) for row in rows if row.text("status") == "A")
    return _latest(*days)


class _Tables:
    """The documents of a download while they are put together, by id. `begins` names the columns of the first day and
    of the last revision, `ends` those of the last day."""

    def __init__(self, rows: Rows, kind: str, begins: Sequence[str], ends: Sequence[str]) -> None:
        self._rows, self._kind, self._begins, self._ends = rows, kind, begins, ends
        self._versions: dict[str, int] = {}
        self._found: dict[str, Document] = {}
        for row in rows(kind):
            self._take(row)
        if not self._found:
            raise LayoutError(f"{kind}.csv", 0, "status", None, "no document is in force (status A)")
        for row in rows(f"{kind}_future_retire"):
            if document := self._found.get(row.text(f"{kind}_id")):
                document.ends = _earliest(document.ends, row.read("retire_dt", coverage_cells.day))
        self._add_contractors()

    def documents(self) -> Iterator[Document]:
        yield from self._found.values()

    def of(self, table: str) -> Iterator[tuple[Row, Document]]:
        """The rows of a table that belong to a document in force, each with it."""
        for row in self._rows(table):
            key = row.text(f"{self._kind}_id")
            if key in self._found and row.text(f"{self._kind}_version") == str(self._versions[key]):
                yield row, self._found[key]

    def add_groups(self, name: str, to: str, coerce: coverage_cells.Coerce, *, starred: bool = False) -> None:
        """The groups of a table and of the table of their paragraphs."""
        table, number, code = f"{self._kind}_x_{name}", f"{name}_group", CODE_COLUMNS[name]
        add_paragraphs(self._owned(f"{table}_group", to), number, "icd10_covered_ast" if starred else "")
        add_codes(self._owned(table, to), code, number, coerce, "asterisk" if starred else "")

    def _owned(self, table: str, to: str) -> Owned:
        return ((row, getattr(document, to)) for row, document in self.of(table))

    def _take(self, row: Row) -> None:
        """A document in force, unless a newer version of it is known."""
        key = str(row.read(f"{self._kind}_id", coercers.whole_number))
        version = row.read(f"{self._kind}_version", coercers.whole_number)
        if row.text("status") != "A" or version < self._versions.get(key, 0):
            return
        days = [row.read(column, coverage_cells.day) for column in self._begins]
        ends = [row.read(column, coverage_cells.day) for column in self._ends]
        self._versions[key] = version
        self._found[key] = Document(
            number=f"{self._kind[0].upper()}{key}",
            title=row.read("title", coverage_cells.title),
            begins=days[0],
            revised=_latest(*days[1:]),
            ends=_earliest(*ends),
        )

    def _add_contractors(self) -> None:
        at = newest_update(self._rows(self._kind)) or dt.date.max
        known = contractors(self._rows, at)
        for row, document in self.of(f"{self._kind}_x_contractor"):
            contractor = known.get(key_of(row))
            if contractor is None:
                raise row.refuse("contractor_id", "is no contractor of contractor.csv")
            if contractor not in document.contractors:
                document.contractors.append(contractor)


CODE_COLUMNS = {
    "hcpc_code": "hcpc_code_id",
    "icd10_covered": "icd10_code_id",
    "icd10_noncovered": "icd10_code_id",
}


def _add_drug(row: Row, document: Document) -> None:
    """A row of a list of self-administered drugs; a drug that has no code of its own is left out."""
    code = row.read("hcpc_code_id", coverage_cells.procedure_or_blank)
    if code and code != coverage_cells.NO_LIST:
        begins, ends = (row.read(column, coverage_cells.day) for column in ("eff_date", "end_date"))
        brand = coverage_cells.words(row.text("brand_name"))
        document.drugs.append(ListedDrug(code, brand, begins, ends))


def _latest(*days: dt.date | None) -> dt.date | None:
    return max(filter(None, days), default=None)


def _earliest(*days: dt.date | None) -> dt.date | None:
    return min(filter(None, days), default=None)
