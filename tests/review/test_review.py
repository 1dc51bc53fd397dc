"""The gate: what is approved is in the ledger, and nobody approves their own."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.cast import employ
from tracker.jobs.models import Job
from tracker.ledger.models import Entry, Passage, Standing
from tracker.review.models import Comment
from tracker.review.services import (
    Question,
    approve,
    approve_many,
    comment,
    look,
    pass_line_review,
    reopen,
    return_,
)
from tracker.submissions.models import Submission
from tracker.submissions.services import (
    Change,
    confirm_numbers,
    declare_zero,
    save_figures,
    save_narrative,
    sign,
    submit,
    withdraw,
)
from tracker.workflow import Stale


@pytest.fixture
def filed(submission, trained, money, city, li, zhang):
    save_figures(
        submission, [Change(trained.pk, city.pk, "12"), Change(money.pk, city.pk, "3")], by=li
    )
    text = save_narrative(submission, trained.programme, "practice", "办班6期。", by=li)
    confirm_numbers(text, [2], by=li)
    submission.refresh_from_db()
    signing = submit(submission, by=li, version=submission.version)
    return sign(signing, by=zhang, version=signing.version)


def current() -> list[tuple]:
    rows = Entry.objects.current().order_by("indicator__order")
    return list(rows.values_list("indicator__name", "value", "reporter__name", "approver__name"))


def refile(submission, li, zhang):
    submission.refresh_from_db()
    signing = submit(submission, by=li, version=submission.version)
    return sign(signing, by=zhang, version=signing.version)


def test_approval_posts_each_figure_with_who_reported_and_who_approved(filed, wang):
    done = approve(filed, by=wang, version=filed.version)
    assert (done.status, done.decided_by) == ("approved", wang)
    assert current() == [
        ("培训农民工", Decimal(12), "李", "王"),
        ("送温暖筹集资金", Decimal(30000), "李", "王"),
    ]
    passage = Passage.objects.get()
    assert (passage.text, passage.figures.get().raw) == ("办班6期。", "6期")
    assert Job.objects.get().kind == "compile-if-complete"


@pytest.mark.parametrize("who", ["li", "zhang", "sun", "wu", "zheng", "zhao", "qian"])
def test_nobody_but_a_reviewer_of_the_lead_office_approves(filed, who, request):
    with pytest.raises(Refused):
        approve(filed, by=request.getfixturevalue(who), version=filed.version)
    assert current() == []


def test_nobody_approves_what_they_typed(filed, wang):
    filed.figures.update(edited_by=wang)
    with pytest.raises(Refused, match="您填写过本次报送的数据"):
        approve(filed, by=wang, version=filed.version)


def test_of_two_decisions_on_the_same_page_the_second_is_refused(filed, wang):
    approve(filed, by=wang, version=filed.version)
    with pytest.raises(Stale):
        return_(filed, by=wang, version=filed.version, note="口径有误")
    filed.refresh_from_db()
    assert (filed.status, len(current())) == ("approved", 2)


def test_a_return_for_one_figure_opens_only_that_one(filed, trained, money, city, wang, li):
    asked = filed.figures.get(indicator=money)
    back = return_(
        filed,
        by=wang,
        version=filed.version,
        questions=[Question(asked.pk, "unit", "是否把万元填成了元？")],
    )
    with pytest.raises(Refused, match="只退回了被质询的数据"):
        save_figures(back, [Change(trained.pk, city.pk, "13", seen=1)], by=li)
    save_figures(back, [Change(money.pk, city.pk, "300", seen=1)], by=li)
    assert filed.figures.get(indicator=money).value == Decimal(3000000)
    kept = Comment.objects.values_list("figure", "reason", "text", "by__name")
    assert list(kept) == [(asked.pk, "unit", "是否把万元填成了元？", "王")]


def test_a_return_without_any_reason_is_refused(filed, wang):
    with pytest.raises(ValidationError, match="请写明退回的原因"):
        return_(filed, by=wang, version=filed.version)


def test_reopening_suspends_the_entries_until_it_is_decided_again(
    filed, money, city, wang, li, zhang
):
    done = approve(filed, by=wang, version=filed.version)
    asked = filed.figures.get(indicator=money)
    back = reopen(
        done, by=wang, version=done.version, note="资金重报", questions=[Question(asked.pk)]
    )
    assert (current(), Passage.objects.current().count()) == ([], 0)
    save_figures(back, [Change(money.pk, city.pk, "4", seen=1)], by=li)
    again = refile(back, li, zhang)
    approve(again, by=wang, version=again.version)
    assert current() == [
        ("培训农民工", Decimal(12), "李", "王"),
        ("送温暖筹集资金", Decimal(40000), "李", "王"),
    ]
    revisions = Entry.objects.filter(indicator=money).order_by("revision")
    assert list(revisions.values_list("revision", "value")) == [
        (1, Decimal(30000)),
        (2, Decimal(40000)),
    ]
    assert Standing.objects.filter(kind="suspended").count() == 3
    assert Passage.objects.current().count() == 1


def test_bulk_approval_says_which_one_was_refused_and_why(filed, wang):
    stale = Submission.objects.get(pk=filed.pk)
    outcomes = approve_many([(filed, filed.version), (stale, filed.version)], by=wang)
    assert [(outcome.approved, outcome.reason) for outcome in outcomes] == [
        (True, ""),
        (False, "内容已有变化，请打开查看后再核定。"),
    ]


def test_once_a_reviewer_has_looked_it_can_not_be_withdrawn(filed, wang, zhao, li):
    look(filed, by=zhao)
    filed.refresh_from_db()
    assert filed.seen_at is None
    look(filed, by=wang)
    filed.refresh_from_db()
    with pytest.raises(Refused, match="审核人已开始审阅"):
        withdraw(filed, by=li, version=filed.version)


def test_a_comment_is_kept_as_said_and_strangers_have_no_say(filed, li, wang, sun):
    comment(filed, "请附签到表", by=wang, reason="evidence")
    comment(filed, "已补传", by=li)
    with pytest.raises(Refused):
        comment(filed, "路过", by=sun)
    assert list(Comment.objects.values_list("by__name", "text")) == [
        ("王", "请附签到表"),
        ("李", "已补传"),
    ]


def test_a_county_passes_its_superior_line_before_the_lead_office(
    city_with_people, filed, june, wang, li, zhang, union
):
    june.cycle.line_review = True
    june.cycle.save()
    county = union.__class__.objects.create(
        line=union.line,
        region=union.region.children.get(code="370102"),
        name="历下区总工会",
        short_name="历下区总工会",
        spoken_name="历下区总工会",
        superior=union,
    )
    person = employ(city_with_people, "feng", "冯", county, "干事", "reporter")
    above = employ(city_with_people, "he", "何", union, "部长", "line_reviewer")
    june.cycle.duties.create(agency=county, filing="own")
    own = Submission.objects.create(round=june, agency=county)
    own.version = declare_zero(own, by=person)
    sent = submit(own, by=person, version=own.version)
    assert sent.status == "line_review"
    with pytest.raises(Refused):
        approve(sent, by=wang, version=sent.version)
    passed = pass_line_review(sent, by=above, version=sent.version)
    assert approve(passed, by=wang, version=passed.version).status == "approved"


def test_every_decision_is_in_the_audit_chain(filed, wang):
    approve(filed, by=wang, version=filed.version)
    acts = AuditEntry.objects.filter(actor=wang).values_list("act", "target_id")
    assert ("submission.approved", str(filed.pk)) in list(acts)
