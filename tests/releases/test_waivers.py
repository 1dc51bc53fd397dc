"""What stops a text may pass when a second person agrees, and the sheet says so."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.rules import Refused
from tests.releases.walking import step
from tracker.documents.tree import Paragraph, Section, Text
from tracker.releases.issuing import issue, latest
from tracker.releases.models import Release, Version, Waiver
from tracker.releases.provenance import provenance
from tracker.releases.recording import document_of, freeze
from tracker.releases.rules import may_issue
from tracker.releases.waived import waived
from tracker.releases.waivers import ask_waiver, decide_waiver, stops_of


@pytest.fixture
def draft(approved, wu, wang):
    """With one figure that nobody reported, typed by 吴 and read by 王."""
    release = approved.compile("简报")
    version = latest(release)
    document = document_of(version)
    more = Section("more", None, (Paragraph((Text("另有9871人到场参加。"),)),))
    freeze(
        release,
        type(document)(document.title, (*document.sections, more), document.profile, document.meta),
        kind=Version.Kind.EDITED,
        by=wu,
        snapshot=version.snapshot,
        remarks=[],
    )
    return step(release, "reading", wang)


@pytest.fixture
def stop(draft):
    [found] = stops_of(latest(draft))
    return found


@pytest.fixture
def asked(draft, stop, wu):
    return ask_waiver(latest(draft), stop.digest, "会议签到统计", by=wu)


def test_a_figure_that_nobody_reported_stops_the_text(draft, stop, zheng):
    assert (stop.raw, stop.sentence) == ("9871人", "另有9871人到场参加。")
    assert may_issue(zheng, draft).reason.startswith("校验没有通过：“9871人”无出处")


def test_a_second_person_lets_it_pass_and_it_stands_on_the_sheet(draft, asked, wang, zheng):
    assert waived(draft) == frozenset()
    decide_waiver(asked, by=wang, grants=True)
    assert waived(draft) == frozenset({asked.digest})
    assert may_issue(zheng, draft)
    done = issue(draft, by=zheng, version=draft.version)
    rows = [row for row in provenance(latest(done)) if row.get("waiver")]
    assert [(row["surface"], row["waiver"]) for row in rows] == [
        ("9871人", "无出处：会议签到统计（吴提出，王同意）")
    ]


def test_nobody_grants_their_own(draft, stop, wang):
    own = ask_waiver(latest(draft), stop.digest, "会议签到统计", by=wang)
    with pytest.raises(Refused, match="不能同意本人提出的校验例外"):
        decide_waiver(own, by=wang, grants=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.filter(pk=own.pk).update(decided_by=wang)


@pytest.mark.parametrize("name", ["wu", "li", "sun", "zhao"])
def test_nobody_else_grants(asked, city_with_people, name):
    with pytest.raises(Refused):
        decide_waiver(asked, by=city_with_people.people[name], grants=True)


def test_a_refusal_says_why_and_stops_the_text_as_before(draft, asked, wang, zheng, wu, stop):
    with pytest.raises(ValidationError, match="不同意请写明原因。"):
        decide_waiver(asked, by=wang, grants=False)
    decide_waiver(asked, by=wang, grants=False, answer="请单位补报")
    assert not may_issue(zheng, draft)
    assert ask_waiver(latest(draft), stop.digest, "单位已停报", by=wu).state == "asked"


def test_it_is_asked_once_with_a_reason_and_for_what_is_there(draft, stop, asked, wu):
    with pytest.raises(ValidationError, match="请写明理由。"):
        ask_waiver(latest(draft), stop.digest, " ", by=wu)
    with pytest.raises(Refused, match="这处已经提出过校验例外。"):
        ask_waiver(latest(draft), stop.digest, "再说一次", by=wu)
    with pytest.raises(Refused, match="不需要例外"):
        ask_waiver(latest(draft), "0" * 64, "没有的事", by=wu)


def test_a_waiver_of_one_text_is_none_of_another(approved, draft, asked, wang):
    decide_waiver(asked, by=wang, grants=True)
    other = approved.compile("简报")
    assert waived(Release.objects.get(pk=other.pk)) == frozenset()
