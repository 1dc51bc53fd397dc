"""The small desk in place of the product's addresses, for the tests that ask for it."""

from copy import deepcopy
from pathlib import Path

import pytest
from django.template import engines

from tests.notices.fixtures import at_once, chat, post  # noqa: F401 - fixtures
from tests.web import desk as small_desk
from tracker.web import jump

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture
def desk(settings, monkeypatch):
    """The routes, templates and search of tests/web/desk.py."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], TEMPLATES]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.web.desk"
    monkeypatch.setitem(jump.SEARCHES, "测试机构", small_desk.by_name)
    assert engines["django"].dirs[-1] == TEMPLATES
