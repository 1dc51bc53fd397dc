"""A month of the trade union that is approved, and the draft compiled from it."""

import pytest

from tests import factories
from tracker.releases.compiling import compile_release
from tracker.review.services import approve
from tracker.submissions.models import Submission
from tracker.submissions.services import Change, prepare, save_figures, save_narrative, sign, submit


@pytest.fixture
def trained(li):
    return factories.indicator(li, "农民工", verb="培训", must_say=True)


@pytest.fixture
def june(union, trained):
    return factories.open_round(factories.cycle(union), factories.month(2026, 6))


@pytest.fixture
def approved(june, trained, city, li, zhang, wang):
    prepare(june)
    record = Submission.objects.get()
    save_figures(record, [Change(trained.pk, city.pk, "3221")], by=li)
    words = "按照用工单位的需求列出课程单，就近开班。"
    save_narrative(record, trained.programme, "practice", words, by=li)
    record.refresh_from_db()
    signing = submit(record, by=li, version=record.version)
    filed = sign(signing, by=zhang, version=signing.version)
    return approve(filed, by=wang, version=filed.version)


@pytest.fixture
def draft(approved, city, wang):
    settings = {"报": "市委、市政府"}
    return compile_release("简报", city, approved.round.span, by=wang, settings=settings)
