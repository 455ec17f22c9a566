"""Warm-up before the workers fork: imports, templates, search index, and a page of each kind asked for most. A worker
asks for these pages once more before new releases come into force in it."""

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.template.loader import get_template
from django.urls import get_resolver

from codes.management.warming import ask
from codes.queries import lexicon, releases

PAGES = ("/", "/search/?q=knee", "/cpt/99213/", "/cpt/99213/edits/", "/claim/?lines=99213-25,20610")


def import_views() -> None:
    """Read the addresses, and with them all that answers them."""
    get_resolver().url_patterns  # noqa: B018  # they are read when they are asked for


def compile_templates() -> None:
    """Compile the site's own templates; Django keeps them."""
    folder = settings.BASE_DIR / "templates"
    for path in sorted(folder.rglob("*.html")):
        get_template(str(path.relative_to(folder)))


def build_search() -> None:
    """Build the search's index from the releases in force. Raises DatabaseError where the tables are not there."""
    lexicon.lexicon(releases.calendar())


def ask_pages() -> None:
    """Have a few pages made, so that what every page reads (tables of words, the catalogue of codes) is read once for
    all workers; also where they are kept already."""
    from medpayiq.wsgi import django_application  # made by now: its middlewares are not to be made twice

    kept = caches["default"]
    caches["default"] = DummyCache("", {})
    try:
        ask(django_application, PAGES)
    finally:
        caches["default"] = kept
