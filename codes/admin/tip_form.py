"""The form of a tip: its fields, and with which words it opens where it is made of a claim rule."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from codes.admin.tip_lists import STEPS
from codes.models import Tip
from codes.models.tip import WORDS
from codes.queries.releases import calendar
from codes.queries.tip_subjects import families_of, wrong_subject
from codes.rules import BY_NAME, RULES, Effect, Rule, rules_of
from codes.tips.placeholders import mistakes

UNSAVED = (
    "You changed the words and have not saved them. Save them first, as a draft; then take the next step."
)
SUBJECT = ("code", "family", "first_code", "last_code")


def step_in(sent: Mapping[str, Any]) -> str:
    """The step whose button was pressed, or ''."""
    return next((name for name in STEPS if name in sent), "")


class MultilineText(forms.CharField):
    """Text whose lines end as they are stored, whatever a browser makes of them."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(initial), data)


class TipForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words of a tip. A wrong placeholder is refused with the list of right ones."""

    text = MultilineText(max_length=600, widget=forms.Textarea(attrs={"rows": 4, "cols": 90}))
    source_link = forms.URLField(
        max_length=300, required=False, assume_scheme="https", widget=forms.URLInput(attrs={"size": 90})
    )

    class Meta:
        model = Tip
        fields = WORDS
        widgets = {
            "impact": forms.Textarea(attrs={"rows": 2, "cols": 90}),
            "source_title": forms.TextInput(attrs={"size": 90}),
            "source_section": forms.TextInput(attrs={"size": 90}),
        }

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        families = families_of(calendar())
        if families and "family" in self.fields:
            held = [self.instance.family] if self.instance.family not in ("", *families) else []
            choices = [("", "No family"), *((name, name) for name in (*held, *families))]
            self.fields["family"].widget = forms.Select(choices=choices)
            self.fields["family"].help_text = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("text", "impact"):
            for problem in mistakes(cleaned.get(name, "")):
                self.add_error(name, problem)
        for name, problem in wrong_subject(
            calendar(), {name: cleaned.get(name, "") for name in SUBJECT}
        ).items():
            self.add_error(name, problem)
        if step_in(self.data) and self.has_changed():
            self.add_error(None, UNSAVED)
        return cleaned


def rule_choices(code: str) -> Iterator[tuple[str, list[Rule]]]:
    """The claim rules to choose from: those that name the code, then all by what they do to a line."""
    if named := rules_of(code):
        yield f"They name {code}", list(named)
    for effect in Effect:
        yield (
            effect.value.capitalize(),
            sorted((rule for rule in RULES if rule.effect is effect), key=lambda rule: rule.name),
        )


def words_of_rule(name: str) -> dict[str, str]:
    """The words and the source of a claim rule, for a tip to begin with; {} where there is no such rule."""
    rule = BY_NAME.get(name)
    if rule is None:
        return {}
    title, _, section = rule.citation.partition(", ")
    return {"text": f"{rule.sentence} {rule.fix}", "source_title": title, "source_section": section}
