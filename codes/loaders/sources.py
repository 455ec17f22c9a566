"""Which table each source fills, from which formats, with which columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models

from codes.cms import (
    anesthesia,
    anesthesia_base,
    asc,
    asp,
    clfs,
    dmepos,
    gpci,
    localities,
    ncci_mue,
    opps,
    opps_cap,
    opps_groups,
    psps,
    single_dose,
    zip_locality,
)
from codes.cms.archive import Member
from codes.cms.detect import Format
from codes.loaders import coverage, ncci
from codes.loaders.rows import (
    DIAGNOSIS_COLUMNS,
    EQUIPMENT_COLUMNS,
    FEE_SCHEDULE_COLUMNS,
    HCPCS_COLUMNS,
    RBCS_COLUMNS,
    Parse,
    Reader,
    Rows,
    diagnoses,
    equipment,
    fee_schedule,
    hcpcs_codes,
    latest_rbcs,
    plain,
)
from codes.models import (
    AddOnEdit,
    AnesthesiaBase,
    AnesthesiaFactor,
    ApcRate,
    AscRate,
    County,
    CoverageDocument,
    Diagnosis,
    DrugLimit,
    DrugPackage,
    EquipmentFee,
    FeeScheduleRow,
    Gpci,
    HcpcsText,
    LabRate,
    ManualParagraph,
    MueLimit,
    OppsCap,
    OppsRate,
    PtpEdit,
    RbcsAssignment,
    RuralZip,
    ServiceVolume,
    SingleDoseDrug,
    UnclassifiedDrug,
    ZipLocality,
)
from codes.models.release import Source

HOSPITAL_AMOUNTS = ("rate", "national_copayment", "minimum_copayment", "adjusted_copayment")
ASC_COLUMNS = ("code", "addendum", "indicator", "is_discounted", "is_preventive", "rate", "copayment")


@dataclass(frozen=True, slots=True)
class SourceLoader:
    """One source: its table, the columns it fills, its reader, and its formats with the preferred one first.

    A reader with `queries_while_reading` queries the database while it reads. `parts` are the files that make one
    release together, by number, as the operator knows them; a workbook may hold all. `join` reads the tables of a
    database together, in the place of the reader.
    """

    source: Source
    model: type[models.Model]
    columns: tuple[str, ...]
    reader: Reader
    formats: tuple[Format, ...]
    queries_while_reading: bool = False
    parts: Mapping[int, str] = field(default_factory=dict)
    join: Callable[[Sequence[Member]], Rows] | None = None


def _straight(
    source: Source, model: type[models.Model], parse: Parse, columns: tuple[str, ...], *formats: Format
) -> SourceLoader:
    """A source whose columns are the attributes of its records."""
    return SourceLoader(source, model, columns, plain(parse, *columns), formats)


LOADERS = (
    SourceLoader(
        Source.PPRRVU,
        FeeScheduleRow,
        FEE_SCHEDULE_COLUMNS,
        fee_schedule,
        (Format.PPRRVU_CSV, Format.PPRRVU_TXT),
    ),
    _straight(
        Source.GPCI,
        Gpci,
        gpci.parse,
        ("mac", "locality", "state", "name", "work_gpci", "work_gpci_without_floor", "pe_gpci", "mp_gpci"),
        Format.GPCI_CSV,
        Format.GPCI_TXT,
    ),
    _straight(
        Source.LOCALITIES,
        County,
        localities.parse,
        ("mac", "locality", "state", "area", "counties"),
        Format.LOCALITIES_CSV,
        Format.LOCALITIES_TXT,
        Format.LOCALITIES_XLSX,
    ),
    _straight(
        Source.ANESTHESIA,
        AnesthesiaFactor,
        anesthesia.parse,
        ("mac", "locality", "conversion_factor"),
        Format.ANESTHESIA_CSV,
        Format.ANESTHESIA_TXT,
    ),
    _straight(
        Source.ANESTHESIA_BASE,
        AnesthesiaBase,
        anesthesia_base.parse,
        ("code", "base_units"),
        Format.ANESTHESIA_BASE_XLSX,
    ),
    _straight(
        Source.OPPS_CAP,
        OppsCap,
        opps_cap.parse,
        ("code", "modifier", "status", "mac", "locality", "facility_price", "nonfacility_price"),
        Format.OPPS_CAP_CSV,
        Format.OPPS_CAP_TXT,
    ),
    _straight(
        Source.ZIP_LOCALITY,
        ZipLocality,
        zip_locality.parse,
        ("zip_code", "state", "mac", "locality", "rural", "plus_four"),
        Format.ZIP_LOCALITY,
    ),
    SourceLoader(
        Source.HCPCS,
        HcpcsText,
        HCPCS_COLUMNS,
        hcpcs_codes,
        (Format.HCPCS_ANWEB, Format.HCPCS_CSV),
    ),
    SourceLoader(Source.RBCS, RbcsAssignment, RBCS_COLUMNS, latest_rbcs, (Format.RBCS,)),
    _straight(
        Source.CLFS,
        LabRate,
        clfs.parse,
        ("code", "modifier", "rate"),
        Format.CLFS_XLSX,
        Format.CLFS_CSV,
        Format.CLFS_TXT,
    ),
    _straight(
        Source.ASP,
        DrugLimit,
        asp.parse_limits,
        ("code", "dosage", "limit", "coinsurance", "kind", "notes"),
        Format.ASP_LIMITS,
    ),
    _straight(
        Source.ASP_NOC,
        UnclassifiedDrug,
        asp.parse_unclassified,
        ("name", "dosage", "limit", "notes"),
        Format.ASP_NOC,
    ),
    _straight(
        Source.ASP_NDC,
        DrugPackage,
        asp.parse_crosswalk,
        ("code", "ndc", "labeler", "drug", "dosage", "units", "package_units"),
        Format.ASP_NDC,
    ),
    _straight(Source.SINGLE_DOSE, SingleDoseDrug, single_dose.parse, ("code",), Format.SINGLE_DOSE),
    SourceLoader(
        Source.ASC,
        AscRate,
        ASC_COLUMNS,
        plain(asc.parse, *ASC_COLUMNS),
        (Format.ASC, Format.ASC_XLSX),
        parts={number: f"Addendum {name}" for number, name in asc.PARTS.items()},
    ),
    _straight(
        Source.OPPS,
        OppsRate,
        opps.parse,
        ("code", "status", "apc", *HOSPITAL_AMOUNTS),
        Format.OPPS_B,
        Format.OPPS_B_XLSX,
    ),
    _straight(
        Source.OPPS_APC,
        ApcRate,
        opps_groups.parse,
        ("apc", "title", "status", *HOSPITAL_AMOUNTS),
        Format.OPPS_A,
        Format.OPPS_A_XLSX,
    ),
    SourceLoader(
        Source.PTP_PRACTITIONER,
        PtpEdit,
        ncci.PTP_COLUMNS,
        ncci.ptp,
        (Format.PTP,),
        queries_while_reading=True,
        parts=ncci.PARTS,
    ),
    _straight(
        Source.MUE_PRACTITIONER,
        MueLimit,
        ncci_mue.parse,
        ("code", "value", "mai", "rationale"),
        Format.MUE,
    ),
    SourceLoader(
        Source.ADD_ON,
        AddOnEdit,
        ("add_on", "primary", "kind", "effective", "deletion"),
        ncci.add_ons,
        (Format.ADD_ON_TXT, Format.ADD_ON_XLSX, Format.ADD_ON_CSV),
    ),
    SourceLoader(Source.DMEPOS, EquipmentFee, EQUIPMENT_COLUMNS, equipment, (Format.DMEPOS_CSV,)),
    SourceLoader(Source.PEN, EquipmentFee, EQUIPMENT_COLUMNS, equipment, (Format.PEN_CSV,)),
    _straight(Source.DMEPOS_RURAL, RuralZip, dmepos.parse_rural, ("state", "zip_code"), Format.DMEPOS_RURAL),
    _straight(
        Source.PSPS,
        ServiceVolume,
        psps.parse,
        ("code", "modifier", "place_of_service", "submitted", "denied"),
        Format.PSPS,
    ),
    SourceLoader(
        Source.COVERAGE_ARTICLES,
        CoverageDocument,
        coverage.COLUMNS,
        coverage.one_table,
        (Format.COVERAGE,),
        join=coverage.articles,
    ),
    SourceLoader(
        Source.COVERAGE_LCDS, CoverageDocument, coverage.COLUMNS, coverage.one_table, (), join=coverage.lcds
    ),
    SourceLoader(Source.ICD10, Diagnosis, DIAGNOSIS_COLUMNS, diagnoses, (Format.ICD10_XML,)),
    SourceLoader(
        Source.POLICY_MANUAL,
        ManualParagraph,
        ncci.MANUAL_COLUMNS,
        ncci.manual,
        (Format.POLICY_MANUAL, Format.POLICY_MANUAL_REFERENCES),
    ),
)

BY_FORMAT = {fmt: loader for loader in LOADERS for fmt in loader.formats}
