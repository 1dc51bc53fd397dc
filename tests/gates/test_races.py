"""Of two decisions at the same moment exactly one is made (R3). SHIJI_RACES=1000 runs it long."""

import json
import os
from collections import Counter

import pytest

from tests.platform.installation import Installation, postgresql_database

RACES = int(os.environ.get("SHIJI_RACES", "12"))
REFUSALS = ("Refused", "Stale")


def raced(installation: Installation, count: int, planted: bool = False) -> list[dict]:
    script = f"from tests.gates.racing import report; report({count}, {planted})"
    # A thousand take as long as they take on a machine that has other work.
    return json.loads(installation.run(script, patience=600 + 10 * count).splitlines()[-1])


def faults(races: list[dict]) -> list[dict]:
    """Races after which it is not so that one was done, the other refused, and the ledger agrees."""
    return [
        race
        for race in races
        if Counter(outcome == "done" for outcome in race["outcomes"]) != {True: 1, False: 1}
        or not any(outcome in REFUSALS for outcome in race["outcomes"])
        or (race["moves"], race["agrees"]) != (1, True)
    ]


@pytest.fixture
def postgresql(tmp_path):
    """An installation on a new database of the server that the tests run on."""
    with postgresql_database(os.environ["SHIJI_DATABASE"]) as address:
        installation = Installation(tmp_path / "var", SHIJI_DATABASE=address)
        installation.manage("migrate", "--verbosity", "0")
        yield installation


def test_exactly_one_decision_on_sqlite(installation):
    races = raced(installation, RACES)
    assert (len(races), faults(races)) == (RACES, [])


@pytest.mark.services
def test_exactly_one_decision_on_postgresql(postgresql):
    races = raced(postgresql, RACES)
    assert (len(races), faults(races)) == (RACES, [])


def test_a_decision_that_does_not_look_again_is_seen_on_sqlite(installation):
    assert faults(raced(installation, 3, planted=True)) != []


@pytest.mark.services
def test_a_decision_that_does_not_look_again_is_seen_on_postgresql(postgresql):
    assert faults(raced(postgresql, 3, planted=True)) != []
