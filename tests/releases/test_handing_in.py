"""送核稿: those whose step is next are told once for the same words."""

import pytest

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.cast import employ
from tests.releases.test_chain import draft, fresh, people, reworded, wanted  # noqa: F401 - fixtures
from tests.releases.walking import step
from tracker.notices.models import Notice
from tracker.releases.chain.handing import hand_in, may_hand_in
from tracker.releases.chain.state import state_of
from tracker.workflow import Stale


@pytest.fixture
def wei(city_with_people, lead_office):
    """The lead office's second reviewer."""
    return employ(city_with_people, "wei", "魏", lead_office, "科长", "reviewer")


def hand(release, by):
    release = fresh(release)
    return hand_in(release, by=by, version=release.version)


def told(release):
    rows = Notice.objects.about(release).filter(kind="release-turn").order_by("created", "pk")
    return [(row.recipient.name, row.title) for row in rows]


def reason(release, by):
    release = fresh(release)
    return may_hand_in(by, release, state_of(release)).reason


def test_the_readers_hear_of_it_and_not_who_drafted(draft, wang, wei, wu):  # noqa: F811
    reworded(draft, wang)
    assert hand(draft, wang) == ["吴", "魏"]
    assert told(draft) == [("吴", "请办理核稿"), ("魏", "请办理核稿")]
    entry = AuditEntry.objects.filter(act="release.hand_in").get()
    assert (entry.actor, entry.data["step"], entry.data["told"]) == (wang, "reading", ["吴", "魏"])


def test_the_same_words_are_handed_in_once(draft, wang, wei, wu):  # noqa: F811
    hand(draft, wang)
    with pytest.raises(Refused, match="已告知吴、魏，文字没有再改，不用再送。"):
        hand(draft, wu)
    assert len(told(draft)) == 2


def test_words_that_were_changed_are_handed_in_again(draft, wang, wei, wu):  # noqa: F811
    hand(draft, wang)
    reworded(draft, wu)
    assert hand(draft, wu) == ["王", "魏"]
    assert [name for name, _ in told(draft)] == ["吴", "魏", "王", "魏"]


def test_the_next_step_is_told_by_the_step_before(draft, wang, wu, zheng):  # noqa: F811
    step(draft, "reading", wu)
    assert told(draft) == [("郑", "请办理签发")]
    assert reason(draft, wang) == "已告知郑，文字没有再改，不用再送。"


def test_where_nobody_else_could_read_it_that_is_said(draft, wang, wu):  # noqa: F811
    reworded(draft, wu)
    with pytest.raises(Refused, match="牵头单位没有别人可以办理核稿"):
        hand(draft, wang)
    assert told(draft) == []


def test_an_agencys_people_hand_nothing_in(draft, li, wei):  # noqa: F811
    assert reason(draft, li) == "只有牵头单位的主管、编辑和签发人可以送办文稿。"
    with pytest.raises(Refused):
        hand(draft, li)


def test_what_has_moved_on_is_not_handed_in(draft, wang, wei):  # noqa: F811
    with pytest.raises(Stale):
        hand_in(draft, by=wang, version=draft.version + 1)
