"""What is made good for in this period is in the sum that a document says."""

from decimal import Decimal

import pytest

from tests import factories
from tests.ledger.ground import Ground
from tracker.catalogue.spans import span_of
from tracker.releases.reading import entries_of
from tracker.releases.summing import summed


@pytest.fixture
def ground(city_with_people):
    return Ground(city_with_people)


def test_a_figure_and_its_adjustment_are_said_as_their_sum(ground, li, city):
    counted, other = factories.indicator(li, "培训农民工"), factories.indicator(li, "走访职工")
    plain = ground.say(counted, "2026-06", 100)
    minus = ground.say(counted, "2026-06", -8, adjusts="2026-03")
    alone = ground.say(other, "2026-06", 7)
    span = span_of("2026-06")
    assert entries_of(city, span, []) == [alone]
    [item], unsaid = summed(city, span, [], {other.pk})
    assert (item.fact.value, set(item.fact.entries)) == (Decimal(92), {plain.pk, minus.pk})
    assert unsaid == []
