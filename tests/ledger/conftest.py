import pytest

from tests.ledger.ground import Ground


@pytest.fixture
def ground(city_with_people):
    return Ground(city_with_people)
