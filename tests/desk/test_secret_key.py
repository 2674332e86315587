"""Nobody is served with a key that everybody knows."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.wsgi import serving


def test_the_web_server_does_not_start_with_the_key_of_the_settings_file(settings):
    settings.SECRET_KEY = settings.KEY_WITHOUT_A_SERVER
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        serving()
