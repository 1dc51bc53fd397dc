"""Issuing freezes; nothing that no longer stands goes out."""

import hashlib

import pytest

from accounts.rules import Refused
from tests.cast import employ
from tests.releases.rewording import reword
from tests.releases.walking import ready
from tracker.documents.tree import plain
from tracker.ledger import standing
from tracker.releases.chain.approval import sheet_of
from tracker.releases.drafting.saving import save
from tracker.releases.files import ENDINGS, Damaged, file_of, make
from tracker.releases.issuing import Order, issue, latest, withdraw
from tracker.releases.models import Release
from tracker.releases.rules import may_issue
from tracker.workflow import Stale


@pytest.fixture
def people(city_with_people):
    return city_with_people.people


@pytest.fixture
def draft(approved, people):
    """Read by 王, and waiting for its issuer."""
    return ready(approved.compile("简报"), people)


def reworded(release, by):
    reword(latest(release), "挽回", "追回", by=by)
    return Release.objects.get(pk=release.pk)


def issued(draft, zheng):
    return issue(draft, by=zheng, version=draft.version)


def test_an_issuer_issues_a_draft(draft, zheng):
    done = issued(draft, zheng)
    assert (done.status, done.issued_by) == ("issued", zheng)
    assert done.issued_at is not None
    [move] = done.moves.all()
    assert (move.by, move.from_status, move.to_status) == (zheng, "draft", "issued")


def test_issuing_freezes_every_file_with_its_hash(draft, zheng):
    version = latest(issued(draft, zheng))
    made = {ending: make(version, ending) for ending in ENDINGS}
    frozen = {file.ending: file.sha256 for file in version.files.all()}
    assert frozen == {ending: hashlib.sha256(made[ending]).hexdigest() for ending in made}
    assert {ending: file_of(version, ending) for ending in ENDINGS} == made


def test_a_frozen_file_that_was_touched_is_not_given_out(draft, zheng):
    version = latest(issued(draft, zheng))
    frozen = version.files.get(ending="md")
    with frozen.file.storage.open(frozen.file.name, "wb") as stream:
        stream.write(b"99")
    with pytest.raises(Damaged):
        file_of(version, "md")


@pytest.mark.parametrize("name", ["li", "sun", "wang", "wu", "zhao", "qian"])
def test_nobody_else_issues(draft, city_with_people, name):
    with pytest.raises(Refused, match="只有牵头单位的签发人可以签发文稿。"):
        issue(draft, by=city_with_people.people[name], version=draft.version)
    assert Release.objects.get().status == "draft"


def test_the_last_editor_does_not_issue(draft, city_with_people, people, zheng):
    both = employ(
        city_with_people, "feng", "冯", city_with_people.lead_office, "副主任", "editor", "issuer"
    )
    edited = reworded(draft, both)
    assert (
        may_issue(both, edited).reason == "最后修改文稿的人不能签发同一文稿，请由另一名签发人签发。"
    )
    with pytest.raises(Refused):
        issue(edited, by=both, version=edited.version)
    edited = ready(edited, people)
    assert issue(edited, by=zheng, version=edited.version).status == "issued"


def test_a_draft_that_changed_meanwhile_is_not_issued(draft, wu, zheng):
    reworded(draft, wu)
    with pytest.raises(Stale):
        issue(draft, by=zheng, version=draft.version)


def test_a_superseded_entry_stops_the_issue_and_is_named(draft, approved, ground, zheng):
    ground.say(approved.trained, "2020", 3300, entered_unit="名")
    with pytest.raises(Refused) as caught:
        issued(draft, zheng)
    assert caught.value.verdict.reason == (
        "文稿引用的数据或文字已被更正、停用或作废：“农民工”（市总工会，2020）。请重新汇编后再签发。"
    )


def test_a_suspended_passage_stops_the_issue(draft, approved, wang, zheng):
    standing.suspend_passages("figure", [approved.practice.origin_id], by=wang, reason="重核")
    with pytest.raises(Refused, match="“提升素质行动”的做法（市总工会）"):
        issued(draft, zheng)
    standing.restore_passages("figure", [approved.practice.origin_id], by=wang, reason="无误")
    assert issued(draft, zheng).status == "issued"


def test_a_void_entry_stops_the_issue(draft, approved, wang, zheng):
    standing.void(approved.sum, by=wang, reason="重复")
    with pytest.raises(Refused, match="“经济损失”（市总工会，2020）"):
        issued(draft, zheng)


def test_what_is_issued_is_neither_issued_nor_edited_again(draft, wu, zheng):
    done = issued(draft, zheng)
    with pytest.raises(Refused, match="文稿“已印发”，不能签发。"):
        issued(done, zheng)
    with pytest.raises(Refused, match="文稿“已印发”，不能再修改。"):
        save(latest(done), "材料", by=wu)


def test_an_issuer_takes_back_what_was_issued(draft, zheng):
    done = issued(draft, zheng)
    back = withdraw(done, by=zheng, version=done.version, note="数据有误")
    assert back.status == "withdrawn"
    assert latest(back).files.count() == len(ENDINGS)


def test_an_editor_drops_a_draft_but_nothing_issued(draft, wu, zheng):
    done = issued(draft, zheng)
    with pytest.raises(Refused, match="只有牵头单位的签发人可以撤回已印发的文稿。"):
        withdraw(done, by=wu, version=done.version)


def test_a_draft_may_be_dropped_by_an_editor(draft, wu):
    assert withdraw(draft, by=wu, version=draft.version).status == "withdrawn"


def test_what_was_withdrawn_stays_so(draft, wu):
    back = withdraw(draft, by=wu, version=draft.version)
    with pytest.raises(Refused, match="文稿已经撤回。"):
        withdraw(back, by=wu, version=back.version)


def test_drafts_are_seen_by_the_lead_office_and_issued_ones_by_all_its_agencies(
    draft, city_with_people, zheng
):
    people = city_with_people.people

    def seeing():
        return sorted(name for name in people if Release.objects.visible_to(people[name]).exists())

    assert seeing() == ["wang", "wu", "zhao", "zheng"]
    issued(draft, zheng)
    assert seeing() == ["li", "sun", "wang", "wu", "zhang", "zhao", "zheng"]


def rows_of(release) -> dict[str, str]:
    """The sheet's rows, the first cell to the second."""
    [head, rows, _] = sheet_of(release).sections[0].blocks
    return {plain(row[0]): plain(row[1]) for row in (*head.rows, *rows.rows)}


def test_the_approval_sheet_names_the_words_that_were_signed_and_those_that_went_out(draft, zheng):
    before = rows_of(draft)
    assert "印发定稿" not in before
    done = issue(draft, by=zheng, version=draft.version, order=Order(number=22))
    signed, final = list(done.versions.order_by("number"))[-2:]
    after = rows_of(Release.objects.get(pk=done.pk))
    assert after["签发文字校验"] == before["签发文字校验"]
    assert after["版本"] == f"第{signed.number}版"
    assert after["印发定稿"].split("\n") == [
        f"第{final.number}版（在签发的文字上编入期号和日期）", final.digest,
    ]  # fmt: skip
