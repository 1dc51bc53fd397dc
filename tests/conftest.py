"""The cast, and what every test needs of the database."""

import pytest
from django.conf import settings as city_settings
from django.db import connection
from django.test import TransactionTestCase

from accounts import appendonly
from tests.cast import City, found_city
from tracker.releases import proof


@pytest.fixture(scope="session", autouse=True)
def _flush_lifts_append_only():
    """Only the emptying of tables between tests goes past the append-only triggers."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(self):
        with appendonly.lifted(connection):
            empty(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(scope="session", autouse=True)
def _static_files_by_their_own_names():
    """Pages name their files without the manifest, which only an installation has."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    city_settings.STORAGES = {**city_settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _nothing_proved_yet():
    """A proof is kept while nothing changes; each test has a ledger of its own."""
    proof.forget()


@pytest.fixture
def city_with_people(db) -> City:
    return found_city()


@pytest.fixture
def city(city_with_people):
    """济南市, with counties and one township."""
    return city_with_people.region


@pytest.fixture
def lead_office(city_with_people):
    return city_with_people.lead_office


@pytest.fixture
def union(city_with_people):
    return city_with_people.union


@pytest.fixture
def league(city_with_people):
    return city_with_people.league


@pytest.fixture
def li(city_with_people):
    """Fills in for the trade union."""
    return city_with_people.people["li"]


@pytest.fixture
def zhang(city_with_people):
    """Signs for the trade union."""
    return city_with_people.people["zhang"]


@pytest.fixture
def sun(city_with_people):
    """Belongs to the youth league and must see nothing of the union."""
    return city_with_people.people["sun"]


@pytest.fixture
def wang(city_with_people):
    """Reviews, at the lead office."""
    return city_with_people.people["wang"]


@pytest.fixture
def wu(city_with_people):
    """Edits, at the lead office."""
    return city_with_people.people["wu"]


@pytest.fixture
def zheng(city_with_people):
    """Issues, at the lead office."""
    return city_with_people.people["zheng"]


@pytest.fixture
def zhao(city_with_people):
    """Audits."""
    return city_with_people.people["zhao"]


@pytest.fixture
def qian(city_with_people):
    """Administers the system and must read no business figure."""
    return city_with_people.people["qian"]


@pytest.fixture
def zhou(city_with_people):
    """Confirms roles."""
    return city_with_people.people["zhou"]


@pytest.fixture
def sign_in(client):
    """sign_in(li) is a browser of hers."""

    def as_user(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_user
