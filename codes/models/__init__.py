"""The tables of the reference side, one room a subject."""

from codes.models.code import CodeText, HcpcsText, RbcsAssignment
from codes.models.correction import Correction, CorrectionState
from codes.models.coverage import CoverageDocument
from codes.models.diagnosis import Diagnosis
from codes.models.drugs import DrugKind, DrugLimit, DrugPackage, SingleDoseDrug, UnclassifiedDrug
from codes.models.equipment import EquipmentFee, RuralZip
from codes.models.facility import ApcRate, AscRate, OppsRate
from codes.models.fee_schedule import AnesthesiaBase, FeeScheduleRow, LabRate, OppsCap
from codes.models.locality import AnesthesiaFactor, County, Gpci, ZipLocality
from codes.models.ncci import AddOnEdit, ManualParagraph, MueLimit, PtpEdit, Rationale, ReleaseChange
from codes.models.reconciliation import Reconciliation
from codes.models.release import Release, Version
from codes.models.tip import Tip, TipPayer, TipState
from codes.models.volume import ServiceVolume

__all__ = [
    "AddOnEdit",
    "AnesthesiaBase",
    "AnesthesiaFactor",
    "ApcRate",
    "AscRate",
    "CodeText",
    "Correction",
    "CorrectionState",
    "County",
    "CoverageDocument",
    "Diagnosis",
    "DrugKind",
    "DrugLimit",
    "DrugPackage",
    "EquipmentFee",
    "FeeScheduleRow",
    "Gpci",
    "HcpcsText",
    "LabRate",
    "ManualParagraph",
    "MueLimit",
    "OppsCap",
    "OppsRate",
    "PtpEdit",
    "Rationale",
    "RbcsAssignment",
    "Reconciliation",
    "Release",
    "ReleaseChange",
    "RuralZip",
    "ServiceVolume",
    "SingleDoseDrug",
    "Tip",
    "TipPayer",
    "TipState",
    "UnclassifiedDrug",
    "Version",
    "ZipLocality",
]
