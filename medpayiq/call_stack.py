"""Room for the calls of a request in one piece of memory.

CPython keeps the frames of Python's calls in pieces of 16 KB. It takes a piece from the system when a call does not fit
into the last one, and hands it back when that call returns. A page is made fifty and more calls deep; where a loop
stands near the end of a piece, every call in it takes a piece and hands it back: 590 times for a code page, which was a
fifth of its processor time. A piece is doubled until the frame it is taken for fits, so that below a function with a
large frame there is room for all further calls.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# Of 8 bytes: with what else a frame holds just above 128 KB, so that the piece has another 128 KB.
SLOTS = 16_384


def with_room(application: WSGIApplication) -> WSGIApplication:
    """The application, called by a function with a frame of so many slots, which nothing is ever written to."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return application(environ, start_response)

    call.__code__ = call.__code__.replace(co_stacksize=SLOTS)
    return call
