"""A kept proof is thrown away when something that may be quoted changes, and kept while people merely work."""

import os

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import audit
from tests import factories
from tracker.ledger import standing
from tracker.releases.proof import ground_now
from tracker.releases.proof.freshness import state_of_ledger


@pytest.fixture
def changed(db):
    """Whether an act changes the state."""

    def asked(act) -> bool:
        before = state_of_ledger()
        act()
        return state_of_ledger() != before

    return asked


@pytest.mark.parametrize(
    ("act", "outcome", "counts"),
    [
        ("session.sign_in", "done", False),
        ("submission.comment", "done", False),
        ("notice.word", "done", False),
        ("release.keep", "done", False),
        ("indicator.edit", "refused", False),
        ("indicator.edit", "failed", False),
        ("indicator.edit", "done", True),
        ("appointment.begin", "done", True),
        ("region.import", "done", True),
        ("release.edit", "done", True),
        ("something.new", "done", True),
        ("sessions.new", "done", True),
    ],
)
def test_which_acts_count(changed, act, outcome, counts):
    assert changed(lambda: audit.record(None, act, "甲", outcome=outcome)) is counts


def test_every_row_of_the_ledger_counts(approved, ground, changed):
    wang = ground.people["wang"]
    later = factories.indicator(ground.people["li"], "走访家庭", unit_name="户")
    assert changed(lambda: ground.say(later, "2020", 5))
    assert changed(lambda: standing.void(approved.sum, by=wang, reason="重复"))


def test_the_word_lists_of_the_city_count(changed, settings, tmp_path):
    settings.DATA = tmp_path
    file = tmp_path / "wordlists" / "错敏词.csv"
    file.parent.mkdir()
    assert changed(lambda: file.write_text("词,应改为,说明\n甲办,乙局,\n", "utf-8"))
    assert changed(lambda: os.utime(file, (1, 1)))
    assert changed(file.unlink)


def test_the_ground_is_kept_while_others_work_and_made_anew_when_the_catalogue_changes(approved):
    release = approved.compile("简报")
    kept = ground_now(release)
    audit.record(None, "session.sign_in", "甲")
    assert ground_now(release) is kept
    audit.record(None, "indicator.edit", "甲")
    assert ground_now(release) is not kept


def test_it_costs_as_much_after_many_acts_as_after_one(changed):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            state_of_ledger()
        return len(queries)

    audit.record(None, "indicator.edit", "甲")
    first = asked()
    for _ in range(20):
        audit.record(None, "session.sign_in", "甲")
    assert asked() == first
