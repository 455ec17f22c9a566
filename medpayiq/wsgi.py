"""The WSGI application that gunicorn serves: kept pages, and Django behind them."""

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from medpayiq.call_stack import with_room
from medpayiq.starting import read_settings

read_settings()
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # SQLite has one writer, and a load may write for minutes. Who sends something meanwhile is told so (503) after this
    # many seconds; after gunicorn's 30 the whole process would be ended.
    settings.DATABASES["default"]["OPTIONS"]["timeout"] = 5
django_application = with_room(get_wsgi_application())

# Django's settings must be there first.
from codes.caching.page_cache import PageCacheApplication  # noqa: E402
from contributions.reports.queries import state  # noqa: E402
from medpayiq.warm_up import ask_pages  # noqa: E402

application: Any = PageCacheApplication(django_application, states={"/reports/": state}, prepare=ask_pages)
if settings.METRICS_BIND:
    from medpayiq.metrics import measured

    application = measured(application)
