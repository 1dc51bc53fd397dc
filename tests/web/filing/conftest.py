"""A round of the trade union that is open for filling in."""

import pytest

from tests import factories
from tracker.submissions.models import Submission
from tracker.submissions.services import prepare


@pytest.fixture
def trained(li):
    """人次, per period."""
    return factories.indicator(li, "培训农民工")


@pytest.fixture
def money(li):
    """元, entered in 万元."""
    return factories.indicator(li, "送温暖筹集资金", unit_name="元", entry_scale="万")


@pytest.fixture
def june(union, trained, money):
    """The round of June, open."""
    return factories.open_round(factories.cycle(union), factories.month(2026, 6))


@pytest.fixture
def submission(june):
    prepare(june)
    return Submission.objects.get()
