"""The file of a plan's document by mail: to those only who may see that very version, and nothing else leaves."""

import datetime
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from docx import Document as Docx

from accounts.models import AuditEntry
from accounts.rules import Refused
from accounts.services import disable
from tests.releases.planned import letters_go
from tests.releases.rewording import reword
from tests.releases.walking import ready
from tracker.catalogue.spans import span_of
from tracker.jobs.models import Job
from tracker.language.figures import recognise
from tracker.notices.channels import save_channel, set_contact, set_manner
from tracker.notices.models import Channel
from tracker.notices.sending import PAUSES
from tracker.releases import mailing
from tracker.releases.alarm.correcting import begin_correction
from tracker.releases.issuing import Order, issue, latest, lift_embargo, withdraw
from tracker.releases.models import PlanRun, Release, ReleaseMail, ReleasePlan
from tracker.releases.plans import run_plan
from tracker.releases.runlog import say_run
from tracker.tasks import HANDLERS

HOUR = datetime.timedelta(hours=1)
ADDRESSES = {"wu": "wu@example.com", "wang": "wang@example.com", "sun": "sun@example.com", "li": "li@example.com"}  # fmt: skip


@pytest.fixture
def people(city_with_people):
    return city_with_people.people


@pytest.fixture
def letters(post, at_once, people):
    """A mail server, the city's channel, and four people who gave their address."""
    save_channel(None, service="mail", name="邮件", kinds=[], active=True, by=people["wang"])
    for name, address in ADDRESSES.items():
        set_contact(email=address, by_mail=True, mobile="", mention=False, by=people[name])
    return post


@pytest.fixture
def plan(city, people):
    made = ReleasePlan.objects.create(
        name="年度简报", genre="brief", region=city, send_draft=True, send_issued=True,
        settings={"报": "市委、市政府"},
    )  # fmt: skip
    made.readers.set([people[name] for name in ADDRESSES])
    return made


@pytest.fixture
def year(approved):
    return span_of("2020")


def sent_to(post) -> list[str]:
    return sorted(post.recipients)


def issued(draft, people, **order):
    record = ready(draft, people)
    return issue(record, by=people["zheng"], version=record.version, order=Order(**order))


def mails() -> list[tuple]:
    rows = ReleaseMail.objects.order_by("version__number", "person__username", "pk")
    return list(rows.values_list("person__username", "state", "error"))


def test_a_draft_goes_to_those_readers_only_who_work_on_drafts(letters, plan, year):
    run_plan(plan, year)
    letters_go()
    assert sent_to(letters) == ["wang@example.com", "wu@example.com"]
    assert mails() == [("wang", "sent", ""), ("wu", "sent", "")]


def test_the_letter_holds_the_file_and_names_no_figure(letters, plan, year):
    release = run_plan(plan, year)
    Release.objects.filter(pk=release.pk).update(title="济南市培训农民工3221名")
    letters_go()
    letter = letters.letters[0]
    [file] = letter.iter_attachments()
    text = letter.get_body().get_content()
    assert letter["Subject"] == "【实绩】简报（2020年）草稿"
    assert text.strip() == "附件是“简报（2020年）”的草稿第1版，仅供审改，请勿外传。"
    assert file.get_filename() == "简报2020草稿第1版.docx"
    inside = "".join(one.text for one in Docx(BytesIO(file.get_content())).paragraphs)
    assert "3221名" in inside
    outside = letter["Subject"] + text + file.get_filename()
    assert [one.raw for one in recognise(outside.replace("2020年", "").replace("2020", "")).figures if "第" not in one.raw] == []  # fmt: skip
    assert "3221" not in outside


def test_where_the_city_has_told_its_address_the_letter_leads_to_the_page(
    letters, plan, year, settings
):
    settings.SITE_URL = "https://shiji.example/"
    release = run_plan(plan, year)
    letters_go()
    assert (
        letters.letters[0]
        .get_body()
        .get_content()
        .strip()
        .endswith(f"https://shiji.example/releases/{release.pk}/")
    )


def test_what_is_issued_goes_to_all_readers_as_it_went_out(letters, plan, year, people):
    plan.ending = "pdf"
    plan.save()
    release = issued(run_plan(plan, year), people)
    letters.letters.clear()
    letters.recipients.clear()
    letters_go()
    assert sent_to(letters) == sorted(ADDRESSES.values())
    [file] = letters.letters[0].iter_attachments()
    assert file.get_content_type() == "application/pdf"
    frozen = latest(release).files.get(ending="pdf")
    with frozen.file.open("rb") as stream:
        assert file.get_content() == stream.read()
    assert "内部资料，请勿外传。" in letters.letters[0].get_body().get_content()


def test_the_issued_paper_of_named_readers_goes_to_nobody_else(letters, plan, year, people, union):
    """孙 of the youth league is a reader of the plan, and not of this paper."""
    issued(run_plan(plan, year), people, readers=(union,))
    letters.recipients.clear()
    letters_go()
    assert sent_to(letters) == ["li@example.com", "wang@example.com", "wu@example.com"]
    assert ("sun", "dropped", "现在不能看这份文稿") in mails()


def test_under_an_embargo_the_others_get_it_when_it_ends(letters, plan, year, people):
    until = timezone.now() + 3 * HOUR
    issued(run_plan(plan, year), people, embargo_until=until)
    letters.recipients.clear()
    letters_go()
    assert sent_to(letters) == ["wang@example.com", "wu@example.com"]
    with time_machine.travel(until + datetime.timedelta(minutes=1), tick=False):
        letters_go()
    assert sent_to(letters) == sorted(ADDRESSES.values())


def test_an_embargo_that_is_lifted_lets_the_letters_go(letters, plan, year, people):
    release = issued(run_plan(plan, year), people, embargo_until=timezone.now() + 3 * HOUR)
    letters_go()
    lift_embargo(release, by=people["zheng"], version=release.version)
    letters.recipients.clear()
    letters_go()
    assert sent_to(letters) == ["li@example.com", "sun@example.com"]


def test_who_got_the_paper_gets_its_correction(letters, plan, year, people, approved, ground):
    release = issued(run_plan(plan, year), people)
    letters_go()
    ground.say(approved.trained, "2020", 3300, entered_unit="名")
    draft = ready(begin_correction(release, by=people["wu"]), people)
    letters.letters.clear()
    letters.recipients.clear()
    issue(draft, by=people["zheng"], version=draft.version)
    letters_go()
    assert sent_to(letters) == sorted(ADDRESSES.values())
    letter = letters.letters[0]
    assert letter["Subject"] == "【实绩】简报（2020年）更正稿"
    text = letter.get_body().get_content().strip()
    assert text == "附件是“简报（2020年）”的更正稿，请以此为准，替换此前收到的文稿。"
    [file] = letter.iter_attachments()
    assert file.get_filename() == "简报2020更正稿.docx"
    run = PlanRun.objects.create(
        plan=plan, span=year, cause="hour", state="done", release=release, ended_at=timezone.now()
    )
    rows = list(ReleaseMail.objects.select_related("version", "person").order_by("pk"))
    assert say_run(run, rows)[-1].startswith("更正稿第")


def test_whoever_may_not_see_it_any_more_when_it_is_sent_does_not_get_it(
    letters, plan, year, people
):
    """Asked again at the moment of sending: a role that ended, an account that was closed."""
    run_plan(plan, year)
    people["wu"].appointments.get().grants.all().delete()
    disable(people["wang"], by=people["qian"], reason="调离")
    letters_go()
    assert letters.recipients == []
    assert mails() == [("wang", "dropped", "账号已停用"), ("wu", "dropped", "现在不能看这份文稿")]


def test_a_draft_that_has_a_newer_version_is_not_sent(letters, plan, year, people):
    release = run_plan(plan, year)
    reword(latest(release), "培训农民工", "组织培训农民工", by=people["wu"])
    letters_go()
    assert (letters.recipients, mails()[0]) == ([], ("wang", "dropped", "已有第2版"))


def test_what_was_withdrawn_or_corrected_meanwhile_is_not_sent(
    letters, plan, year, people, approved, ground
):
    first = run_plan(plan, year)
    withdraw(first, by=people["wang"], version=first.version)
    run_plan(plan, year)
    ground.say(approved.trained, "2020", 3300, entered_unit="名")
    letters_go()
    assert letters.recipients == []
    assert [error for _, _, error in mails()[:2]] == [
        "文稿已撤回或作废", "引用的数据已被更正、停用或作废，请核对后再发送",
    ]  # fmt: skip


def test_who_gave_no_address_is_named_and_may_be_sent_to_again(letters, plan, year, people):
    set_contact(email="", by_mail=False, mobile="", mention=False, by=people["wu"])
    run_plan(plan, year)
    letters_go()
    assert mails()[1] == ("wu", "dropped", "没有填写邮箱或没有开通邮件通知")
    set_contact(email="wu@example.com", by_mail=True, mobile="", mention=False, by=people["wu"])
    row = ReleaseMail.objects.get(person=people["wu"])
    mailing.mail_again(row, by=people["wang"])
    letters_go()
    assert sent_to(letters) == ["wang@example.com", "wu@example.com"]
    with pytest.raises(Refused, match="这封邮件已送达，不需要重新发送。"):
        mailing.mail_again(row, by=people["wang"])


@pytest.mark.parametrize("who", ["li", "sun", "zheng", "zhao", "qian"])
def test_nobody_else_sends_again(letters, plan, year, who, people):
    run_plan(plan, year)
    with pytest.raises(Refused, match="只有牵头单位的主管和编辑可以重新发送文稿。"):
        mailing.mail_again(ReleaseMail.objects.first(), by=people[who])


def test_a_mail_server_that_says_no_is_asked_again_later_and_then_a_person_decides(
    letters, plan, year
):
    letters.answer = "451 later"
    run_plan(plan, year)
    now = timezone.now()
    for attempt in range(len(PAUSES) + 1):
        with time_machine.travel(now, tick=False):
            letters_go()
        row = ReleaseMail.objects.first()
        assert row.attempts == attempt + 1
        now = row.not_before + datetime.timedelta(seconds=1)
    assert (row.state, row.error) == ("failed", "邮件没有发出（SMTPDataError）。")
    assert letters.letters == []
    assert "wu@example.com" not in row.error


def test_one_address_that_is_refused_does_not_hold_up_the_others(letters, plan, year):
    letters.refuse = frozenset({"wang@example.com"})
    run_plan(plan, year)
    letters_go()
    assert sent_to(letters) == ["wu@example.com"]
    assert [state for _, state, _ in mails()] == ["queued", "sent"]


def test_without_a_mail_channel_nothing_leaves_and_it_is_tried_again(letters, plan, year):
    Channel.objects.update(active=False)
    run_plan(plan, year)
    letters_go()
    assert (letters.recipients, {state for _, state, _ in mails()}) == ([], {"queued"})
    assert Job.objects.queued().filter(kind="send-releases").exists()


def test_in_the_quiet_hours_it_waits(letters, plan, year, people):
    day = datetime.time
    set_manner(quiet_from=day(20), quiet_until=day(8), gather_minutes=0, by=people["wang"])
    with time_machine.travel("2026-12-01T13:00:00Z", tick=False):  # 21:00
        run_plan(plan, year)
        letters_go()
        assert letters.recipients == []
        at = {timezone.localtime(one.not_before) for one in ReleaseMail.objects.all()}
        assert {f"{one:%m-%d %H:%M}" for one in at} == {"12-02 08:00"}
    with time_machine.travel("2026-12-02T00:01:00Z", tick=False):
        letters_go()
    assert sent_to(letters) == ["wang@example.com", "wu@example.com"]


def test_each_letter_that_left_is_in_the_audit(letters, plan, year, people):
    run_plan(plan, year)
    letters_go()
    rows = AuditEntry.objects.filter(act="release.mail").order_by("seq")
    assert [(row.actor, row.data) for row in rows] == [
        (None, {"version": 1, "person": people[name].pk, "ending": "docx"})
        for name in sorted(("wu", "wang"), key=lambda name: people[name].pk)
    ]


def test_a_plan_that_sends_nothing_sends_nothing(letters, plan, year, people):
    ReleasePlan.objects.update(send_draft=False, send_issued=False)
    plan.refresh_from_db()
    issued(run_plan(plan, year), people)
    letters_go()
    assert (letters.recipients, mails()) == ([], [])


def test_the_same_version_goes_to_a_person_once(letters, plan, year):
    release = run_plan(plan, year)
    mailing.put_down(release)
    letters_go()
    mailing.put_down(release)
    letters_go()
    assert sent_to(letters) == ["wang@example.com", "wu@example.com"]
    row = ReleaseMail.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseMail.objects.create(
            version=row.version, person=row.person, ending="pdf", not_before=row.not_before
        )


def test_the_log_says_to_whom_it_went_and_what_failed(letters, plan, year, people):
    letters.refuse = frozenset({"wang@example.com"})
    release = run_plan(plan, year)
    run = PlanRun.objects.create(
        plan=plan, span=year, cause="hour", state="done", release=release, ended_at=timezone.now()
    )
    letters_go()
    rows = list(ReleaseMail.objects.select_related("version", "person"))
    assert say_run(run, rows)[-2:] == [
        f"第1版等待发给王，不早于{_clock(rows[0].not_before)}，已试过1次。", "第1版已发给吴。",
    ]  # fmt: skip
    ReleaseMail.objects.filter(state="queued").update(state="failed")
    rows = list(ReleaseMail.objects.select_related("version", "person"))
    assert say_run(run, rows)[-2:] == [
        "第1版没有发出：王（邮件没有发出（SMTPRecipientsRefused））。", "第1版已发给吴。",
    ]  # fmt: skip


def _clock(at) -> str:
    return f"{timezone.localtime(at):%Y年%-m月%-d日%H:%M}"


def test_a_worker_that_comes_twice_sends_once(letters, plan, year):
    release = run_plan(plan, year)
    letters_go()
    job = Job(kind="send-releases", key=str(release.pk), payload={"release": release.pk})
    HANDLERS["send-releases"](job)
    assert len(letters.letters) == 2
