"""The WSGI application that gunicorn serves: kept pages, and Django behind them."""

from django.core.wsgi import get_wsgi_application

from medpayiq.starting import read_settings

read_settings()
django_application = get_wsgi_application()

from codes.caching.page_cache import KeptPages  # noqa: E402  # Django's settings must be there first

application = KeptPages(django_application)
