"""Whether a client takes compressed bodies, and what a body is called then."""

import re

COMPRESSION = 5  # zlib's level: a tenth of a page's own cost, once
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header takes gzip.

    >>> takes_gzip("zstd, gzip;q=0.8"), takes_gzip("gzip;q=0, br"), takes_gzip("")
    (True, False, False)
    """
    return bool(_TAKES_GZIP.search(accepted.lower()))


def etag_of_gzip(etag: str) -> str:
    """The ETag of the compressed body: the same words in other bytes.

    >>> etag_of_gzip('"3f2a"')
    '"3f2a-gzip"'
    """
    return f'{etag[:-1]}-gzip"'
