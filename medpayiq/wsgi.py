"""The WSGI application that gunicorn serves: kept pages, and Django behind them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medpayiq.settings")
django_application = get_wsgi_application()

from codes.kept import KeptPages  # noqa: E402  # Django's settings must be there first

application = KeptPages(django_application)
