"""The WSGI application that gunicorn serves: kept pages, and Django behind them."""

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from medpayiq.starting import read_settings

read_settings()
django_application = get_wsgi_application()

from codes.caching.page_cache import PageCacheApplication  # noqa: E402  # Django's settings must be there first

application: Any = PageCacheApplication(django_application)
if settings.METRICS_BIND:
    from medpayiq.metrics import measured

    application = measured(application)
