"""The WSGI entry point that the web server loads."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")


def serving() -> WSGIHandler:
    """The application. Raises ImproperlyConfigured where its secret key is the one that everybody can read in the settings."""
    if settings.SECRET_KEY == settings.KEY_WITHOUT_A_SERVER:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Give it a long random value; every web and worker host needs the same."
        )
    return get_wsgi_application()


application = serving()
