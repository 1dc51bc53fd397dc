"""After a correction in the ledger: who learns of it, what is listed, and the corrected document."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.browser.story import do_jobs
from tests.cast import employ
from tests.releases.kit import text_of
from tests.releases.rewording import reword
from tests.releases.walking import ready
from tracker.jobs.models import Job
from tracker.ledger import standing
from tracker.notices.models import Notice
from tracker.releases.alarm.copies import copies_of, note_copy, settle_copy
from tracker.releases.alarm.correcting import begin_correction, save_note
from tracker.releases.alarm.finding import look
from tracker.releases.alarm.settling import judge, open_alarms
from tracker.releases.issuing import Order, issue, latest, withdraw
from tracker.releases.models import Alarm, IssueNumber, OutsideCopy, Release
from tracker.releases.quoting import outdated, unsettled
from tracker.releases.recording import document_of
from tracker.releases.rules import may_issue

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30


@pytest.fixture
def people(city_with_people):
    return city_with_people.people


@pytest.fixture
def draft(approved):
    return approved.compile("简报")


@pytest.fixture
def issued(draft, people, zheng):
    release = ready(draft, people)
    return issue(release, by=zheng, version=release.version, order=Order(number=22))


@pytest.fixture
def corrected(approved, ground):
    """corrected(3300): what the union reported for 2020 was another number."""
    return lambda value=3300: ground.say(approved.trained, "2020", value, entered_unit="名")


def alarms():
    return [(one.version.release, one.cause, one.outcome) for one in Alarm.objects.all()]


def test_nothing_is_raised_while_everything_stands(draft, issued):
    assert look() == []


def test_a_correction_has_the_documents_looked_for_by_itself(issued, corrected, wu, wang, zheng):
    Job.objects.all().delete()
    corrected()
    assert do_jobs() == ["find-affected"]
    assert alarms() == [(issued, "superseded", "")]
    told = Notice.objects.filter(kind="release-alarm")
    assert {one.recipient for one in told} == {wu, wang, zheng}
    assert {one.link for one in told} == {f"/releases/{issued.pk}/corrections/"}


@pytest.mark.parametrize(
    ("act", "cause"), [("suspend", "suspended"), ("void", "void"), ("passage", "suspended")]
)
def test_every_way_in_which_something_goes_is_seen(issued, approved, wang, act, cause):
    Job.objects.all().delete()
    if act == "suspend":
        standing.suspend_entries("figure", [approved.people.origin_id], by=wang, reason="重核")
    elif act == "void":
        standing.void(approved.people, by=wang, reason="重复")
    else:
        standing.suspend_passages("figure", [approved.practice.origin_id], by=wang, reason="重核")
    assert do_jobs() == ["find-affected"]
    assert alarms() == [(issued, cause, "")]


def test_first_approvals_ask_for_nothing(approved):
    assert not Job.objects.filter(kind="find-affected").exists()


def test_it_is_said_once(issued, corrected):
    corrected()
    assert len(look()) == 1
    assert look() == []
    assert Notice.objects.filter(kind="release-alarm").count() == 3


def test_a_draft_is_told_to_those_who_work_on_it(draft, corrected, zheng, wu, wang):
    corrected()
    look()
    told = Notice.objects.filter(kind="release-alarm")
    assert {one.recipient for one in told} == {wu, wang}


def test_what_stands_again_ends_its_alarm_and_may_go_again(issued, approved, wang):
    origin = [approved.people.origin_id]
    standing.suspend_entries("figure", origin, by=wang, reason="重核")
    look()
    standing.restore_entries("figure", origin, by=wang, reason="无误")
    look()
    assert alarms() == [(issued, "suspended", "restored")]
    standing.suspend_entries("figure", origin, by=wang, reason="再核")
    assert len(look()) == 1
    assert alarms() == [(issued, "suspended", "")]


def test_a_dropped_draft_is_not_affected(draft, corrected, wu):
    withdraw(draft, by=wu, version=draft.version)
    corrected()
    assert look() == []


def test_people_may_judge_that_nothing_has_to_be_corrected(issued, corrected, zheng, wu):
    corrected()
    [alarm] = look()
    with pytest.raises(Refused, match="只有牵头单位的主管和签发人可以了结失效提醒。"):
        judge(alarm, by=wu, note="四舍五入后相同")
    with pytest.raises(ValidationError, match="请写明不需更正的理由。"):
        judge(alarm, by=zheng, note="")
    judge(alarm, by=zheng, note="四舍五入后相同")
    assert look() == []
    assert (outdated(latest(issued)) != [], unsettled(latest(issued))) == (True, [])
    with pytest.raises(Refused, match="经研究不需更正"):
        judge(Alarm.objects.get(), by=zheng, note="再说")


def test_looking_costs_the_same_for_one_document_and_for_three(approved, corrected):
    approved.compile("简报")
    corrected()
    look()
    with CaptureQueriesContext(connection) as one:
        look()
    for _ in range(2):
        approved.compile("简报")
    look()
    with CaptureQueriesContext(connection) as three:
        look()
    assert len(one) == len(three)


# The corrected document.


def test_a_correction_keeps_the_words_and_says_the_figures_anew(issued, corrected, people, wu):
    corrected()
    look()
    made = begin_correction(issued, by=wu)
    before, after = (text_of(document_of(latest(one))) for one in (issued, made))
    assert "3221名" in before
    assert after == before.replace("3221名", "3300名")
    assert made.corrects == issued
    assert "“农民工”（市总工会，2020年）原为“3221名”，现更正为“3300名”" in made.correction_note
    assert "第22期" in made.correction_note


def test_the_editors_words_stay(approved, people, corrected, wu, wang, zheng):
    draft = approved.compile("简报")
    reword(latest(draft), "挽回", "追回", by=wu)
    release = ready(Release.objects.get(pk=draft.pk), people)
    issued = issue(release, by=zheng, version=release.version)
    corrected()
    made = begin_correction(issued, by=wu)
    text = text_of(document_of(latest(made)))
    assert ("追回" in text, "3300名" in text, "3221名" in text) == (True, True, False)


def test_a_correction_goes_the_same_way_by_the_same_issuer_with_the_same_number(
    issued, corrected, people, wu, zheng, city_with_people
):
    corrected()
    look()
    made = ready(begin_correction(issued, by=wu), people)
    other = employ(city_with_people, "bai", "白", city_with_people.lead_office, "副主任", "issuer")
    with pytest.raises(Refused, match="更正稿应由原签发人郑签发"):
        issue(made, by=other, version=made.version)
    done = issue(made, by=zheng, version=made.version)
    assert IssueNumber.objects.count() == 1
    assert document_of(latest(done)).line("issue") == "第22期"
    assert document_of(latest(done)).lines("correction") == (made.correction_note,)
    assert not open_alarms(issued).exists()
    assert Alarm.objects.get().outcome == "corrected"
    assert look() == []


def test_another_issuer_gives_a_reason(issued, corrected, people, wu, city_with_people):
    corrected()
    made = ready(begin_correction(issued, by=wu), people)
    other = employ(city_with_people, "bai", "白", city_with_people.lead_office, "副主任", "issuer")
    done = issue(made, by=other, version=made.version, note="原签发人已调离")
    assert done.moves.get().note == "原签发人已调离"


def test_the_note_is_part_of_what_is_read(issued, corrected, people, wu, zheng):
    corrected()
    made = ready(begin_correction(issued, by=wu), people)
    assert may_issue(zheng, made)
    save_note(made, "更正说明：以本稿为准。", by=wu, version=made.version)
    made = Release.objects.get(pk=made.pk)
    assert may_issue(zheng, made).reason == "核稿以后文字又改过，请重新办理核稿。"


def test_there_is_one_correction_at_a_time_and_only_of_what_went_out(issued, draft, wu, approved):
    made = begin_correction(issued, by=wu)
    with pytest.raises(Refused, match="已经有一份更正稿。"):
        begin_correction(issued, by=wu)
    with pytest.raises(Refused, match="只有已印发的文稿需要更正稿。"):
        begin_correction(made, by=wu)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(
            genre="brief", region=issued.region, span=issued.span, title="另一份", corrects=issued
        )


def test_what_was_withdrawn_may_be_corrected_anew(issued, wu):
    made = begin_correction(issued, by=wu)
    withdraw(made, by=wu, version=made.version)
    assert begin_correction(issued, by=wu).pk != made.pk


# Copies outside.


@pytest.fixture
def copy(issued, wu):
    return note_copy(issued, place="市政府网站", posted_by="信息中心", address="首页", by=wu)


def test_copies_are_tracked_until_they_are_corrected(issued, corrected, people, copy, wu, zheng):
    corrected()
    made = ready(begin_correction(issued, by=wu), people)
    done = issue(made, by=zheng, version=made.version)
    assert list(copies_of(done)) == [copy]
    with pytest.raises(ValidationError, match="已更正的，请上传截图或写明依据。"):
        settle_copy(copy, state="corrected", by=wu)
    picture = SimpleUploadedFile("截图.png", PNG, "image/png")
    settled = settle_copy(copy, state="corrected", evidence=picture, by=wu)
    assert (settled.state, settled.settled_by, settled.evidence.name) == (
        "corrected",
        wu,
        "截图.png",
    )


def test_a_copy_that_cannot_be_corrected_says_why(copy, wu):
    with pytest.raises(ValidationError, match="无法更正的，请写明原因。"):
        settle_copy(copy, state="impossible", by=wu)
    assert settle_copy(copy, state="impossible", note="已停刊", by=wu).note == "已停刊"
    entry = AuditEntry.objects.filter(act="copy.settle").get()
    assert (entry.data["before"], entry.data["after"]) == ("open", "impossible")


def test_a_copy_may_be_found_open_again(copy, wu):
    settle_copy(copy, state="corrected", note="来电确认", by=wu)
    back = settle_copy(copy, state="open", note="缓存未更新", by=wu)
    assert (back.state, back.settled_by) == ("open", None)


@pytest.mark.parametrize("name", ["li", "sun", "zhao", "qian"])
def test_nobody_else_keeps_copies(issued, people, name):
    with pytest.raises(Refused, match="只有牵头单位的主管、编辑和签发人可以登记外部刊载。"):
        note_copy(issued, place="某报", posted_by="编辑部", by=people[name])


def test_a_draft_has_no_copies(draft, wu):
    with pytest.raises(Refused, match="文稿还没有印发，没有外部刊载可登记。"):
        note_copy(draft, place="某报", posted_by="编辑部", by=wu)


def test_the_database_wants_proof_of_a_corrected_copy(copy, wu):
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideCopy.objects.filter(pk=copy.pk).update(state="corrected", settled_by=wu)
