"""A city of which something is approved: the union trained, helped and was paid for it in 2020."""

import pytest

from tests import factories
from tests.ledger.ground import Ground
from tests.notices.fixtures import at_once, post  # noqa: F401 - fixtures
from tests.releases.approved import Approved
from tracker.catalogue.spans import span_of


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ground(city_with_people):
    return Ground(city_with_people)


@pytest.fixture
def year(db):
    return span_of("2020")


@pytest.fixture
def training(db):
    return factories.programme("union", "提升素质行动", order=1)


@pytest.fixture
def trained(li, training):
    """名, cumulative, must be said."""
    return factories.indicator(
        li, "农民工", unit_name="名", programme_=training, verb="培训",
        entry_mode="cumulative", must_say=True,
    )  # fmt: skip


@pytest.fixture
def money(li, training):
    """元, entered in 万元, must be said."""
    return factories.indicator(
        li, "经济损失", unit_name="元", programme_=training, verb="挽回", entry_scale="万",
        entry_mode="cumulative", must_say=True,
    )  # fmt: skip


@pytest.fixture
def approved(ground, training, trained, money, year):
    """3221名 and 1302万元, with the practice that led to them."""
    return Approved(ground, training, trained, money, year)
