"""Many at once: what they say is read for all of them, and is what stands when each is decided."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tracker.ledger.models import Entry
from tracker.review import services as review
from tracker.review.contents import Contents
from tracker.submissions.models import Submission
from tracker.submissions.services import Change, prepare, save_figures, sign, submit

# Locked, judged, moved, remembered, posted, the documents asked for: nothing for each figure.
EACH = 30
CHANGED = "内容已有变化，请打开查看后再核定。"


@pytest.fixture
def filed(union, trained, city, li, zhang):
    """Four months of one agency, filed and not yet decided."""
    cycle = factories.cycle(union)
    return [filed_for(cycle, number, trained, city, li, zhang) for number in range(1, 5)]


def filed_for(cycle, number, trained, city, li, zhang) -> Submission:
    made = factories.open_round(cycle, factories.month(2026, number))
    prepare(made)
    row = made.submissions.get()
    save_figures(row, [Change(trained.pk, city.pk, f"{number}")], by=li)
    row.refresh_from_db()
    row = submit(row, by=li, version=row.version)
    return sign(row, by=zhang, version=row.version)


def approved(rows, by) -> tuple[list[str], int]:
    with CaptureQueriesContext(connection) as asked:
        outcomes = review.approve_many([(row, row.version) for row in rows], by=by)
    return [one.reason for one in outcomes], len(asked)


def read(submissions) -> Contents:
    contents = Contents(submissions)
    assert all((contents.figures, contents.signatures, contents.people))
    return contents


def official() -> list:
    rows = Entry.objects.current().order_by("span__start")
    return list(rows.values_list("value", "signer_name", "reporter__name", "approver__name"))


def test_each_further_one_asks_the_database_little(filed, wang):
    one, three = approved(filed[:1], wang), approved(filed[1:], wang)
    assert (one[0], three[0]) == ([""], ["", "", ""])
    assert (three[1] - one[1]) / 2 <= EACH
    assert official() == [(number, "张", "李", "王") for number in range(1, 5)]


def test_what_changed_after_it_was_read_is_not_approved(filed, wang, li, zhang, monkeypatch):
    def read_before_it_came_back(submissions):
        contents = read(submissions)
        review.return_(filed[0], by=wang, version=filed[0].version, note="请核对")
        return contents

    monkeypatch.setattr(review, "Contents", read_before_it_came_back)
    assert approved(filed[:2], wang)[0] == [CHANGED, ""]
    assert official() == [(2, "张", "李", "王")]


def test_what_was_read_too_early_and_not_looked_at_again_is_seen(filed, wang, monkeypatch):
    """Planted: the version is not compared, so the old words would be approved."""
    monkeypatch.setattr("tracker.workflow.fresh", lambda record, version: record)
    stale = Submission.objects.select_related("agency__region", "round__cycle").get(pk=filed[0].pk)
    old = read([stale])
    stale.figures.update(value=99)
    monkeypatch.setattr(review, "Contents", lambda submissions: old)
    assert approved([stale], wang)[0] == [""]
    assert official() == [(1, "张", "李", "王")]
