"""The world of the gates, built once for all tests of a module and never committed."""

import pytest
from django.db import transaction

from tests.gates.world import build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The transaction of each test, which `django_db` opens, lies within the one of the world."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
