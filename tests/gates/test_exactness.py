"""Sums are the same to the last digit on both databases, at the cap too."""

import os
from decimal import Decimal

import environ
import pytest
from django.db import connection, connections, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.exact import CAP, SCALE, ExactField, ExactSum, install_exact_sum

pytestmark = pytest.mark.django_db
LITE = "lite"


class Pebble(models.Model):
    """A number in a table of this test."""

    weight = ExactField(null=True)

    class Meta:
        app_label = "gates"
        managed = False
        db_table = "gates_pebble"

    def __str__(self):
        return str(self.weight)


numbers = st.integers(-int(CAP) * SCALE, int(CAP) * SCALE).map(lambda n: Decimal(n) / SCALE)
at_the_cap = st.sampled_from([CAP, -CAP, CAP - Decimal("0.0001"), Decimal("0.0001")])
heaps = st.lists(st.one_of(numbers, at_the_cap, st.none()), max_size=60)


@pytest.fixture
def pebbles(request, django_db_blocker):
    """sums(heap) is what each database at hand adds it up to."""
    known = [connection]
    if connection.vendor != "sqlite":
        connections.databases[LITE] = {
            **connections.databases["default"],
            **environ.Env.db_url_config("sqlite://:memory:"),
            "OPTIONS": {},
        }
        known.append(connections[LITE])
    for one in known:
        key = "bigserial" if one.vendor == "postgresql" else "integer"
        with one.cursor() as cursor:
            cursor.execute(f"CREATE TABLE gates_pebble (id {key} PRIMARY KEY, weight bigint)")
    yield [one.alias for one in known]
    if LITE in connections.databases:
        connections[LITE].close()
        del connections[LITE], connections.databases[LITE]


def sums(aliases, heap):
    found = set()
    for alias in aliases:
        rows = Pebble.objects.using(alias)
        rows.all().delete()
        rows.bulk_create([Pebble(weight=weight) for weight in heap])
        kept = list(rows.order_by("pk").values_list("weight", flat=True))
        assert kept == heap
        found.add(rows.aggregate(total=ExactSum("weight"))["total"])
    return found


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(heap=heaps)
def test_every_sum_is_the_exact_one(pebbles, heap):
    known = [weight for weight in heap if weight is not None]
    assert sums(pebbles, heap) == {sum(known, Decimal(0)) if known else None}


@pytest.mark.services
def test_both_databases_were_asked(pebbles):
    assert os.environ["SHIJI_DATABASE"].startswith("postgres")
    assert [connections[alias].vendor for alias in pebbles] == ["postgresql", "sqlite"]


def test_a_sum_of_floats_would_be_seen(pebbles):
    """Planted: the sum as a database that keeps floats makes it."""
    heap = [CAP - Decimal("0.0001"), Decimal("0.0001"), Decimal("0.0003")]
    floats = Decimal(repr(sum(float(weight) for weight in heap)))
    assert sums(pebbles, heap) == {CAP + Decimal("0.0003")}
    assert floats != CAP + Decimal("0.0003")


def test_the_aggregate_is_installed_on_every_connection_to_sqlite():
    if connection.vendor == "sqlite":
        install_exact_sum(None, connection)
    with connection.cursor() as cursor:
        name = "EXACT_SUM" if connection.vendor == "sqlite" else "SUM"
        cursor.execute(f"SELECT {name}(n) FROM (SELECT 9223372036854775807 AS n UNION ALL SELECT 1)"
                       + ("" if connection.vendor == "sqlite" else " AS heap"))  # fmt: skip
        assert int(cursor.fetchone()[0]) == 2**63
