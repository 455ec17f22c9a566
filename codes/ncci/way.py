"""A way through a bundling edit: the modifier, the line that carries it, and what it asserts."""

from dataclasses import dataclass

from codes.ncci.anatomy import SIDES, SPANS
from codes.ncci.words import listed


@dataclass(frozen=True, slots=True)
class Way:
    """Modifiers, one of which carries the edit on one of these codes (with two codes: one on each line), if what it
    asserts is so. `condition` goes on from "if"."""

    modifiers: tuple[str, ...]
    on: tuple[str, ...]
    condition: str

    @property
    def where(self) -> str:
        """The modifiers and their line: "25 on 99214", "LT and RT, one on each line,"."""
        if len(self.on) == 1:
            return f"{listed(self.modifiers)} on {self.on[0]}"
        if self.modifiers == SIDES:
            return "LT and RT, one on each line,"
        return f"{SPANS.get(self.modifiers) or listed(self.modifiers)} on each line"

    @property
    def sentence(self) -> str:
        """ "25 on 99214 carries it if the visit was significant and separately identifiable." """
        return f"{self.where} {self.assertion}"

    @property
    def assertion(self) -> str:
        """The sentence after its modifiers and their line."""
        verb = "carry" if self.modifiers == SIDES else "carries"
        return f"{verb} it if {self.condition}."
