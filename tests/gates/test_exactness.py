"""Sums are the same to the last digit on both databases, at the cap too."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.exact import CAP, SCALE, ExactField, ExactSum, install_exact_sum

pytestmark = pytest.mark.django_db


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
def pebbles():
    key = "bigserial" if connection.vendor == "postgresql" else "integer"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE gates_pebble (id {key} PRIMARY KEY, weight bigint)")


def sum_here(heap) -> Decimal | None:
    """On the database of this run, through the models."""
    Pebble.objects.all().delete()
    Pebble.objects.bulk_create([Pebble(weight=weight) for weight in heap])
    assert list(Pebble.objects.order_by("pk").values_list("weight", flat=True)) == heap
    return Pebble.objects.aggregate(total=ExactSum("weight"))["total"]


def sum_on_sqlite(heap) -> Decimal | None:
    """On an SQLite of our own, with the aggregate that every connection to one is given."""
    field = ExactField()
    with closing(sqlite3.connect(":memory:")) as lite:
        install_exact_sum(None, SimpleNamespace(vendor="sqlite", connection=lite))
        lite.execute("CREATE TABLE pebble (weight bigint)")
        rows = [(field.get_prep_value(weight),) for weight in heap]
        lite.executemany("INSERT INTO pebble VALUES (?)", rows)
        (total,) = lite.execute("SELECT EXACT_SUM(weight) FROM pebble").fetchone()
    return field.from_db_value(total, None, None)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(heap=heaps)
def test_every_sum_is_the_exact_one(pebbles, heap):
    known = [weight for weight in heap if weight is not None]
    exact = sum(known, Decimal(0)) if known else None
    assert (sum_here(heap), sum_on_sqlite(heap)) == (exact, exact)


@pytest.mark.services
def test_the_other_database_is_postgresql():
    assert connection.vendor == "postgresql"


def test_a_sum_of_floats_would_be_seen(pebbles):
    """Planted: the sum as a database that keeps floats makes it."""
    heap = [CAP - Decimal("0.0001"), Decimal("0.0001"), Decimal("0.0003")]
    floats = Decimal(repr(sum(float(weight) for weight in heap)))
    assert {sum_here(heap), sum_on_sqlite(heap)} == {CAP + Decimal("0.0003")} != {floats}


def test_a_sum_beyond_64_bits_is_exact_too(pebbles):
    heap = [CAP] * 200
    assert {sum_here(heap), sum_on_sqlite(heap)} == {200 * CAP}
