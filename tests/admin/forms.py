"""What a browser would send of the form on a page, buttons left out."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.text = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self.text = at["name"]
            self.fields[self.text] = ""
        elif tag == "select":
            self.select = at.get("name", "")
        elif tag == "option" and self.select and ("selected" in at or self.select not in self.fields):
            self.fields[self.select] = at.get("value", "")
        elif tag == "input" and at.get("type") not in ("submit", "checkbox", "radio") and "name" in at:
            self.fields[at["name"]] = at.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.text = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.text:
            self.fields[self.text] += data.removeprefix("\n").replace("\n", "\r\n")


def form_fields(page: str) -> dict[str, str]:
    """The names and values of the fields of a page."""
    parser = _Fields()
    parser.feed(page)
    parser.fields.pop("csrfmiddlewaretoken", None)
    return parser.fields
