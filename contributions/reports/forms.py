"""The two forms of this app: telling of a denial, and what a receipt is good for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from codes import pricing
from codes.denials import plausibility, reasons
from codes.denials.group_codes import GroupCode
from codes.knowledge.states import NAMES
from codes.parsing.modifiers import TOO_MANY
from codes.parsing.phi import KINDS
from codes.pricing.modifiers import MOST_MODIFIERS
from contributions.models.report import LONGEST_NOTE
from contributions.reports import receipts
from contributions.reports.choices import Action, Band, Payer, ReportOutcome, Stage, WhatWorked
from contributions.reports.note_screening import kinds_in_note

MONTHS_BACK = 24
LONGEST_TYPED = 160
MOST_NAMED = 8


def optional(label: str, choices: Sequence[tuple[str, str]], **kwargs: Any) -> forms.ChoiceField:
    """A closed question that may be left open."""
    return forms.ChoiceField(
        label=label, required=False, choices=[("", "Prefer not to say"), *choices], **kwargs
    )


def picker(label: str, listed: str, **kwargs: Any) -> forms.CharField:
    """A text box with a list to pick from, found by number or word, without a script."""
    widget = forms.TextInput(attrs={"list": listed, "autocomplete": "off", "maxlength": LONGEST_TYPED})
    return forms.CharField(label=label, max_length=LONGEST_TYPED, widget=widget, **kwargs)


class ReportForm(forms.Form):
    """One denial of one code. Only payer and reason are asked for; everything else helps and may be left open.

    `rules` is what is known of the code, for the question "Are you sure?".
    """

    payer_kind = forms.ChoiceField(
        label="Who denied it?",
        choices=[("", "Choose the kind of payer"), *Payer.choices],
        error_messages={"required": "Choose the kind of payer."},
    )
    reason = picker(
        "Adjustment reason",
        "report-reasons",
        help_text="From the remittance: CO-97, 97, or a word such as “duplicate”.",
        error_messages={"required": "Give the reason, for example CO-97."},
    )
    group_code = optional("Group", GroupCode.choices)
    remark_one = picker("Remark", "report-remarks", required=False, help_text="N362, or a word.")
    remark_two = picker("Second remark", "report-remarks", required=False)
    modifiers = forms.MultipleChoiceField(
        label="Modifiers on the line", required=False, choices=[(m, m) for m in pricing.MODIFIERS]
    )
    stage = optional("When was it denied?", Stage.choices)
    action = optional("What did you do?", Action.choices)
    outcome = optional("How did it end?", ReportOutcome.choices)
    what_worked = optional("What helped?", WhatWorked.choices)
    place_of_service = optional(
        "Place of service", [(p.code, f"{p.code} {p.name}") for p in sorted(pricing.PLACES.values())]
    )
    state_of_practice = optional("State", [(state, state) for state in NAMES])
    denied_band = optional("Amount denied", Band.choices)
    month = optional("Month of the denial", [])
    note = forms.CharField(
        label="Note for our staff",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Never published. No names, dates or numbers of patients, claims or providers.",
        error_messages={"max_length": f"A note has at most {LONGEST_NOTE} characters."},
    )
    sure = forms.BooleanField(label="Yes, I am sure", required=False)
    # Two traps for scripts: people do not see them.
    company_website = forms.CharField(required=False)
    newsletter = forms.BooleanField(required=False)

    def __init__(
        self, data: Any = None, *, code: str, today: date, rules: plausibility.Rules | None = None
    ) -> None:
        super().__init__(data, auto_id="report_%s")
        self.code = code
        self.rules = rules or plausibility.Rules()
        self.doubts: tuple[str, ...] = ()
        months = [(f"{day:%Y-%m}", f"{day:%b %Y}") for day in months_before(today)]
        self.fields["month"].choices = [("", "Prefer not to say"), *months]  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        found = reasons.read_reason(self.cleaned_data["reason"])
        if found is None:
            typed = self.cleaned_data["reason"]
            raise ValidationError(f"We do not know this reason. {_pick(typed, reasons.reasons())}")
        self.typed_group, number = found
        return number

    def clean_remark_one(self) -> str:
        return _remark(self.cleaned_data["remark_one"])

    def clean_remark_two(self) -> str:
        return _remark(self.cleaned_data["remark_two"])

    def clean_modifiers(self) -> str:
        chosen = self.cleaned_data["modifiers"]
        if len(chosen) > MOST_MODIFIERS:
            raise ValidationError(f"{TOO_MANY}.")
        return " ".join(sorted(chosen))

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if kinds := kinds_in_note(note, self.code):
            found = ", ".join(KINDS[kind] for kind in kinds)
            raise ValidationError(
                f"The note seems to hold {found}. Take it out and send again; nothing was kept."
            )
        return note

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        self.doubts = plausibility.doubts(self.code, cleaned.get("reason", ""), self._remarks(), self.rules)
        if self.doubts and not cleaned.get("sure"):
            self.add_error("sure", ValidationError([*self.doubts, "Are you sure?"]))
        return cleaned

    @property
    def hold(self) -> str:
        """Why a person should look at a valid report; "" for a clean one."""
        if self.cleaned_data["company_website"] or self.cleaned_data["newsletter"]:
            return "a hidden field was filled in"
        return "sure although it is odd" if self.doubts else ""

    @property
    def answers(self) -> dict[str, str]:
        """The answers of a valid form as fields of a report."""
        cleaned = self.cleaned_data
        plain = ("payer_kind", "reason", "modifiers", "stage", "action", "outcome", "what_worked", "note")
        coarse = ("place_of_service", "state_of_practice", "denied_band", "month")
        return {
            **{name: cleaned[name] for name in (*plain, *coarse)},
            "group_code": cleaned["group_code"] or self.typed_group,
            "remarks": " ".join(self._remarks()),
        }

    def _remarks(self) -> tuple[str, ...]:
        both = (self.cleaned_data.get("remark_one", ""), self.cleaned_data.get("remark_two", ""))
        return tuple(dict.fromkeys(remark for remark in both if remark))


class ReceiptForm(forms.Form):
    """What a reporter does with a receipt: withdraw the report, or say how it ended."""

    WITHDRAW, OUTCOME = "withdraw", "outcome"

    receipt = forms.CharField(
        label="Your receipt",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="Sixteen letters and digits, as in K7QF-2M5D-ABCD-EFGH.",
        error_messages={"required": "Type the receipt that you were shown."},
    )
    wish = forms.ChoiceField(
        label="What would you like to do?",
        choices=[(OUTCOME, "Say how it ended"), (WITHDRAW, "Withdraw the report: it is deleted")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    action = optional("What did you do?", Action.choices)
    outcome = optional("How did it end?", ReportOutcome.choices)
    what_worked = optional("What helped?", WhatWorked.choices)

    def clean_receipt(self) -> str:
        receipt = receipts.normalised(self.cleaned_data["receipt"])
        if not receipt:
            raise ValidationError("A receipt has sixteen letters and digits.")
        return receipt

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        answered = any(cleaned.get(name) for name in ("action", "outcome", "what_worked"))
        if cleaned.get("wish") == self.OUTCOME and not answered:
            self.add_error("outcome", "Say how it ended, or what was done.")
        return cleaned

    @property
    def endings(self) -> Mapping[str, str]:
        """What was done and how it ended, as fields of a report."""
        return {name: self.cleaned_data[name] for name in ("action", "outcome", "what_worked")}


def months_before(today: date) -> list[date]:
    """The first days of this month and of the 23 before it, latest first."""
    index = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(index, index - MONTHS_BACK, -1)]


def _remark(typed: str) -> str:
    if not typed.strip():
        return ""
    if found := reasons.read_remark(typed):
        return found
    raise ValidationError(
        f"We do not know this remark. {_pick(typed, reasons.remarks())} It may also stay empty."
    )


def _pick(typed: str, entries: Mapping[str, reasons.Entry]) -> str:
    """How to go on from a word that is no number: the entries that speak of it, if they are few."""
    near = reasons.near(typed, entries)
    if not 0 < len(near) <= MOST_NAMED:
        return "Pick one from the list, or type its number."
    return f"Type the number of one of these: {'; '.join(entry.words for entry in near)}."
