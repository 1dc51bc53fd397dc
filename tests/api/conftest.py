"""Programs of the cast, and something of everything to read."""

import pytest
from rest_framework.test import APIClient

from accounts.services import issue_token
from tests import factories
from tests.ledger.ground import Ground
from tests.releases.approved import Approved
from tracker.catalogue.models import Target
from tracker.catalogue.spans import span_of
from tracker.submissions.models import Submission
from tracker.submissions.services import prepare


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def program(db):
    """program(li) reads with a token of hers; program(li, may_act=True) works with one."""

    def of(user, *, may_act=False) -> APIClient:
        _, secret = issue_token(name="大屏", days=30, by=user, may_act=may_act)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
        return client

    return of


@pytest.fixture
def ground(city_with_people):
    return Ground(city_with_people)


@pytest.fixture
def training(db):
    return factories.programme("union", "提升素质行动", order=1)


@pytest.fixture
def trained(li, training):
    """名, cumulative."""
    return factories.indicator(
        li, "农民工", unit_name="名", programme_=training, verb="培训",
        entry_mode="cumulative", must_say=True,
    )  # fmt: skip


@pytest.fixture
def money(li, training):
    """元, entered in 万元, cumulative."""
    return factories.indicator(
        li, "经济损失", unit_name="元", programme_=training, verb="挽回", entry_scale="万",
        entry_mode="cumulative", must_say=True,
    )  # fmt: skip


@pytest.fixture
def approved(ground, training, trained, money):
    """3221名 and 1302万元 of 2020, in the ledger."""
    return Approved(ground, training, trained, money, span_of("2020"))


@pytest.fixture
def draft(approved):
    """A brief of 2020, compiled."""
    return approved.compile("简报")


@pytest.fixture
def submission(union, trained, money, league) -> Submission:
    """The union's June, still a draft, with one figure."""
    june = factories.open_round(factories.cycle(union), factories.month(2026, 6))
    prepare(june)
    own = Submission.objects.get()
    own.figures.create(
        indicator=money, region=union.region, kind="value", value=13020000, entered="1302",
        entered_unit="万元",
    )  # fmt: skip
    return own


@pytest.fixture
def everything(approved, draft, submission, trained, city, li) -> None:
    """One row at least on every list."""
    trained.definitions.update(text="参加培训并结业的人数")
    Target.objects.create(indicator=trained, region=city, year=2020, value=3000, basis="年度方案")
