"""What every test run needs before Django is used: nothing is written into var/."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import settings as drawing

from tests.platform.installation import Installation

# The gate draws the same examples each time; SHIJI_DRAW=1 looks for new ones.
drawing.register_profile("same", derandomize=True)
if "SHIJI_DRAW" not in os.environ:
    drawing.load_profile("same")


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


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """The folder of an empty installation, made once; tests copy it."""
    installation = Installation(tmp_path_factory.mktemp("migrated"))
    installation.manage("migrate", "--verbosity", "0")
    return installation.folder


@pytest.fixture
def installation(migrated, tmp_path):
    shutil.copytree(migrated, tmp_path / "var")
    return Installation(tmp_path / "var")


def pytest_addoption(parser):
    parser.addoption(
        "--with-a-database",
        action="store_true",
        help="only what asks the tests' own database, the browser or a service",
    )


def pytest_collection_modifyitems(config, items):
    """On a second database there is nothing new to see for a test that never asks it."""
    if not config.getoption("--with-a-database"):
        return
    asks = [item for item in items if _asks(item)]
    kept = set(asks)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = asks


def _asks(item) -> bool:
    named = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    marked = map(item.get_closest_marker, ("django_db", "services", "browser"))
    return bool(named) or any(marked)
