"""A web page that was saved in place of a file: which of CMS's pages is it, and what is to be done?

CMS answers with a page where a file has moved (`Error: Page Not Found`, far down in 30 kB of style sheets), and
where the AMA's license stands before the file. Either is often saved under the file's name.
"""

import re

FIRST_BYTES = 256 * 1024
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)", re.IGNORECASE)
_PAGES = (
    (
        rb"page (?:was )?not found|error 404|404 not found",
        "CMS's page “Page Not Found”, not a file: the address is wrong, or the file has moved. "
        "Look for it on CMS's landing page",
    ),
    (
        rb"licen[sc]e for use of|license agreement|point and click|name=.?agree",
        "CMS's license page, not a file: accept the license on CMS's page, then fetch the file again",
    ),
)
_SOME_PAGE = (
    "a web page, not a file: the file may have moved, or CMS asks you to accept a license on its page first. "
    "Fetch it again from there"
)


def web_page(head: bytes) -> str:
    """Which page the first `FIRST_BYTES` of a file are, and what to do; "" where they are no page."""
    if not _PAGE.match(head):
        return ""
    return next((words for sign, words in _PAGES if re.search(sign, head, re.IGNORECASE)), _SOME_PAGE)
