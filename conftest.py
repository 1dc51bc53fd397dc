"""What every test run needs before Django is used: nothing is written into var/."""

import tempfile
from pathlib import Path

from django.conf import settings


def pytest_configure():
    folder = Path(tempfile.mkdtemp(prefix="shiji-test-"))
    settings.MEDIA_ROOT = folder / "files"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    # The manifest exists only after collectstatic.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
