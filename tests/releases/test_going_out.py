"""Numbers, readers, hours and publicity: what is decided when a document goes out."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.rules import Refused
from tests.releases.walking import filled, ready, step
from tracker.documents.tree import plain
from tracker.releases.chain.wanted import set_chain
from tracker.releases.files import file_of
from tracker.releases.genres import Chain
from tracker.releases.issuing import Order, issue, latest, lift_embargo, withdraw
from tracker.releases.models import IssueNumber, Openness, Release, Version
from tracker.releases.numbering import (
    NumberTaken,
    give,
    next_number,
    propose,
    void_number,
    void_unused,
)
from tracker.releases.publicity import internal_quoted
from tracker.releases.recording import document_of

NAME = "工作简报"


@pytest.fixture
def people(city_with_people):
    return city_with_people.people


@pytest.fixture
def brief(approved, people):
    """brief() is one more issue, ready for its issuer."""
    return lambda: ready(approved.compile("简报"), people)


@pytest.fixture
def out(brief, zheng):
    """out(number=22) is one that went out."""

    def issued(**order):
        release = brief()
        return issue(release, by=zheng, version=release.version, order=Order(**order))

    return issued


def this_year():
    return timezone.localdate().year


def numbers():
    return [(row.number, row.total) for row in IssueNumber.objects.order_by("pk")]


def test_each_issue_gets_the_next_number_and_prints_it(out):
    first, second = out(), out()
    assert numbers() == [(1, None), (2, None)]
    assert document_of(latest(second)).line("issue") == "第2期"
    assert "第2期" in file_of(latest(second), "txt").decode()
    assert latest(second).kind == Version.Kind.FINAL
    assert first.issue_number.words == "第1期"


def test_a_number_set_by_hand_is_where_the_next_goes_on(out):
    out(number=21, total=197)
    release = out()
    assert release.issue_number.words == "第22期（总第198期）"


def test_a_number_is_not_given_twice(out, brief, zheng):
    out(number=21)
    release = brief()
    with pytest.raises(Refused, match=f"{NAME}{this_year()}年第21期已经用过，请换一个期号"):
        issue(release, by=zheng, version=release.version, order=Order(number=21))
    assert Release.objects.get(pk=release.pk).status == "draft"


def test_of_two_issuers_at_once_the_second_takes_the_next_number(brief, zheng):
    """Both looked before either had written: what the second found free is taken when it writes."""
    first, second = brief(), brief()
    proposed = [propose(one, NAME, number=None, total=None, by=zheng) for one in (first, second)]
    assert [row.number for row in proposed] == [1, 1]
    give(proposed[0])
    with pytest.raises(NumberTaken):
        give(proposed[1])
    assert propose(second, NAME, number=None, total=None, by=zheng).number == 2


def test_the_database_holds_number_and_total_apart(out, city, zheng):
    out(number=3, total=40)
    for fields in ({"number": 3}, {"number": 4, "total": 40}):
        row = IssueNumber(
            region=city, masthead=NAME, year=this_year(), by=zheng, voided_by=zheng,
            voided_at=timezone.now(), void_reason="空号", **fields,
        )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_a_dropped_draft_consumes_no_number(brief, out, wu):
    draft = brief()
    withdraw(draft, by=wu, version=draft.version)
    assert numbers() == []
    assert out().issue_number.number == 1


def test_a_refused_issue_consumes_no_number(brief, zheng, city):
    release = brief()
    with pytest.raises(Refused, match="要在现在以后"):
        issue(
            release, by=zheng, version=release.version,
            order=Order(embargo_until=timezone.now() - datetime.timedelta(hours=1)),
        )  # fmt: skip
    assert (numbers(), next_number(city, NAME, this_year())) == ([], 1)


def test_a_withdrawn_issue_leaves_its_number_void_and_unused(out, zheng):
    first = out()
    withdraw(first, by=zheng, version=first.version, note="发错对象")
    row = IssueNumber.objects.get()
    assert (row.void_reason, row.voided_by, row.release) == ("发错对象", zheng, first)
    assert out().issue_number.number == 2


def test_a_number_that_is_left_out_is_recorded_with_a_reason(out, city, zheng, wu):
    with pytest.raises(ValidationError, match="请写明作废的原因。"):
        void_unused(city, NAME, 1, by=zheng, reason=" ")
    with pytest.raises(Refused, match="只有牵头单位的主管和签发人可以管理期号。"):
        void_unused(city, NAME, 1, by=wu, reason="印错")
    void_unused(city, NAME, 1, by=zheng, reason="印错")
    assert out().issue_number.number == 2
    with pytest.raises(Refused, match="已经用过"):
        void_unused(city, NAME, 2, by=zheng, reason="印错")


def test_a_number_is_voided_once(out, zheng):
    row = out().issue_number
    void_number(row, by=zheng, reason="撤回")
    with pytest.raises(Refused, match="这个期号已经作废。"):
        void_number(row, by=zheng, reason="撤回")


def test_to_whom_it_goes_stands_at_its_foot_and_with_the_record(out):
    release = out(report_to="市领导", send_to="各成员单位", copies=50)
    assert document_of(latest(release)).lines("foot") == (
        "报：市领导。",
        "送：各成员单位。",
        "共印50份",
    )
    kept = release.issuance
    assert (kept.report_to, kept.send_to, kept.copies, kept.mode) == (
        "市领导",
        "各成员单位",
        50,
        "print",
    )


def test_before_its_hour_no_agency_sees_it(out, sun, wu, zhao, zheng):
    release = out(embargo_until=timezone.now() + datetime.timedelta(hours=2))
    assert [Release.objects.visible_to(one).exists() for one in (sun, wu, zhao)] == [
        False,
        True,
        True,
    ]
    with pytest.raises(Refused, match="只有牵头单位的签发人可以提前解除下载限制。"):
        lift_embargo(release, by=wu, version=release.version)
    lift_embargo(release, by=zheng, version=release.version)
    assert Release.objects.visible_to(sun).exists()


def test_its_hour_comes_by_itself(out, sun):
    release = out(embargo_until=timezone.now() + datetime.timedelta(hours=2))
    Release.objects.filter(pk=release.pk).update(
        embargo_until=timezone.now() - datetime.timedelta(seconds=1)
    )
    assert list(Release.objects.visible_to(sun)) == [release]


def test_named_readers_are_the_only_ones(out, union, league, li, sun, wu):
    release = out(readers=[union])
    assert [Release.objects.visible_to(one).exists() for one in (li, sun, wu)] == [
        True,
        False,
        True,
    ]
    release.readers.add(league)
    assert list(Release.objects.visible_to(sun)) == [release]


def test_an_internal_genre_is_never_published(brief, zheng):
    release = brief()
    with pytest.raises(Refused, match="“简报”是内部文种，只能印发，不能公开发布。"):
        issue(release, by=zheng, version=release.version, order=Order(mode="publish"))


@pytest.fixture
def conference(approved, people, city, wang):
    set_chain(city, "press_conference", Chain(readings=1, secrecy=True), by=wang)
    return step(filled(approved.compile("发布会实录"), people["wu"]), "reading", wang)


def test_what_is_cleared_as_open_is_published(conference, wang, zheng):
    release = step(conference, "secrecy", wang, openness=Openness.PROACTIVE)
    done = issue(release, by=zheng, version=release.version)
    assert done.issuance.mode == "publish"
    assert not IssueNumber.objects.exists()


@pytest.mark.parametrize("openness", [Openness.ON_REQUEST, Openness.WITHHELD])
def test_what_is_cleared_otherwise_is_printed_and_not_published(conference, wang, zheng, openness):
    release = step(conference, "secrecy", wang, openness=openness)
    with pytest.raises(Refused, match="不能公开发布，可以印发。"):
        issue(release, by=zheng, version=release.version, order=Order(mode="publish"))
    assert issue(release, by=zheng, version=release.version).issuance.mode == "print"


def test_a_public_genre_is_compiled_without_internal_indicators(approved, money):
    money.is_open = False
    money.save()
    text = "".join(plain(run) for run in _runs(approved.compile("发布会实录")))
    assert ("1302万元" in text, "3221名" in text) == (False, True)
    text = "".join(plain(run) for run in _runs(approved.compile("简报")))
    assert "1302万元" in text


def _runs(release):
    document = document_of(latest(release))
    for section in document.sections:
        for block in section.blocks:
            yield getattr(block, "inlines", ())


def test_a_text_that_quotes_an_internal_indicator_is_not_published(conference, money, wang, zheng):
    money.is_open = False
    money.save()
    release = step(conference, "secrecy", wang, openness=Openness.PROACTIVE)
    assert internal_quoted(latest(release)) == ["经济损失"]
    with pytest.raises(Refused, match="文稿引用了不公开的指标“经济损失”，不能公开发布"):
        issue(release, by=zheng, version=release.version)
    assert (
        issue(release, by=zheng, version=release.version, order=Order(mode="print")).issuance.mode
        == "print"
    )


def test_what_went_out_is_frozen_with_its_facts_and_its_way(out):
    kept = out().issuance
    assert len(kept.facts) == 64
    assert [(row["step"], row["signer"]) for row in kept.chain] == [("核稿", "王"), ("签发", "郑")]
