"""A programme of the union with three figures of 2020, and a second reviewer of the lead office."""

import pytest

from tests import factories
from tests.cast import employ
from tracker.releases.own_patterns.subjects import subject_of

SENTENCE = "[截至{截至}，]{全域}<累计|共>培训{农民工}[，挽回{经济损失}][，惠及{受益户}]。"


@pytest.fixture
def wei(city_with_people, lead_office):
    """The lead office's second reviewer."""
    return employ(city_with_people, "wei", "魏", lead_office, "科长", "reviewer")


@pytest.fixture
def households(li, training):
    """户, need not be said."""
    return factories.indicator(
        li, "受益户", unit_name="户", programme_=training, verb="惠及", entry_mode="cumulative"
    )


@pytest.fixture
def subject(li, training, trained, money, households):
    return subject_of(training)
