"""A small policy manual in the layout of CMS's, made up for a test: its words are ours, its codes are facts."""

from collections.abc import Iterable

from fpdf import FPDF

FOOT = "Revision Date (Medicare): 1/1/2027"
CONTENTS = ["Contents", "Medicare NCCI Coding Policy Manual", "Chapter IX - Pictures", "A. Beginning IX-3"]
INTRODUCTION = [
    "Introduction",
    "This made-up manual tells what a test needs, and it goes on for so long that the line is full of",
    "words.",
    "Purpose",
    "It has one.",
]
BEGINNING = ["Chapter IX", "Pictures of the", "Whole Body", "CPT Codes 70000 - 79999", "A. Beginning"]
FIRST = [
    "A picture counts once. Codes 76376 and 76377 are two ways to draw the same thing in a made-up",
    "world.",
    "B.More pictures",
    "1. Code 76376 goes with none of 78012-",
    "78014, and the range 70000-79999 is the whole chapter. This line goes on into the next",
]
SECOND = [
    "page, where it ends.",
    "• An item of a list with G0453.",
    "2. Codes 99202 through 99205 come first.",
    "9. This line does not begin a paragraph, for the numbers go up by one.",
    "1. A second list begins at 1 with code 20610.",
]
PAGES = [
    ("Page 1", [*CONTENTS, "January 1, 2027"]),
    ("Intro-3", [*INTRODUCTION, FOOT]),
    ("IX-1", ["CHAPTER IX", "PICTURES", FOOT]),
    ("IX-2", ["Table of Contents", "Chapter IX ........ IX-3", FOOT]),
    ("IX-3", [*BEGINNING, *FIRST, FOOT]),
    ("IX-4", [*SECOND, FOOT]),
]
Pages = Iterable[tuple[str, list[str]]]


def as_text(pages: Pages = PAGES) -> bytes:
    """The pages as text: the label of each at its end."""
    return "\n".join(line for label, lines in pages for line in [*lines, label]).encode()


def as_pdf(pages: Pages = PAGES) -> bytes:
    """The same pages as a PDF."""
    made = FPDF(format="letter")
    made.set_font("Helvetica", size=8)
    for label, lines in pages:
        made.add_page()
        for line in [*lines, label]:
            made.cell(text=line.replace("•", "o"), new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())
