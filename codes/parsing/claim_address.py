"""The compact form of a claim in an address: `76376-26,97110-GPx3,20610-50@150.00`."""

from .claim_lines import ParsedLine


def compact(lines: tuple[ParsedLine, ...]) -> str:
    """Claim lines as one short word each, joined by commas; `parse_claim` reads them back."""
    return ",".join(_word(line) for line in lines)


def _word(line: ParsedLine) -> str:
    modifiers = "".join(f"-{modifier}" for modifier in line.modifiers)
    units = f"x{line.units}" if line.units > 1 else ""
    return f"{line.code}{modifiers}{units}" + (f"@{line.charge}" if line.charge is not None else "")


def expand(text: str) -> str:
    """The compact form as lines that `parse_claim` takes."""
    words = text.replace("@", " $").replace("-", " ").split(",")
    return "\n".join(word.replace("x", " x") for word in words)
