"""Mail and chat groups: sent once, gathered, not at night, again after a failure, and never a figure."""

import base64
import datetime
import hashlib
import hmac
import re
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.notices.fixtures import ALL
from tracker import jobs, notices
from tracker.jobs import runner
from tracker.jobs.models import Job
from tracker.notices import sending
from tracker.notices.channels import (
    save_channel,
    send_again,
    set_contact,
    set_manner,
    try_channel,
)
from tracker.notices.models import Channel, Delivery, Manner, Notice
from tracker.notices.outgoing import is_quiet, next_moment
from tracker.tasks import HANDLERS

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
WORDS = {"round": "6月月报", "due": "7月5日17:00", "days": 2}
SERVICES = ("wecom", "dingtalk", "feishu")


@pytest.fixture
def record():
    return jobs.enqueue("note", key="x")


@pytest.fixture
def robot(chat, at_once, wang):
    return robot_of(chat, by=wang)


@pytest.fixture
def letters(post, at_once, wang, li):
    set_contact(email="li@example.com", by_mail=True, mobile="", mention=False, by=li)
    return save_channel(None, service="mail", name="邮件", kinds=ALL, active=True, by=wang)


def robot_of(chat, *, by, service="wecom", name="工作群", **fields) -> Channel:
    path = {"wecom": "/cgi-bin/webhook/send?key=K", "dingtalk": "/robot/send?access_token=T"}
    address = chat.url + path.get(service, "/open-apis/bot/v2/hook/H")
    given = {"kinds": ALL, "active": True, "address": address} | fields
    return save_channel(None, service=service, name=name, by=by, **given)


def tell(people, record, agency, kind="due-soon", **words):
    notices.notify(people, kind, about=record, link="/submissions/1/", agency=agency,
                   **WORDS | words)  # fmt: skip


def send(at=None) -> None:
    """Do the jobs that are due, as the worker does."""
    at = at or timezone.now()
    while job := Job.objects.due(at).filter(kind="send-notices").first():
        with time_machine.travel(at, tick=False):
            runner.run(job.pk, HANDLERS)


def states() -> list[tuple]:
    return list(Delivery.objects.order_by("pk").values_list("state", "attempts", "error"))


@pytest.mark.parametrize("service", SERVICES)
def test_a_robot_tells_the_group(service, chat, at_once, wang, li, union, record):
    robot_of(chat, by=wang, service=service)
    tell([li], record, union)
    send()
    assert chat.texts() == [
        "市总工会：6月月报即将截止\n市总工会尚未报送“6月月报”，截止时间为7月5日17:00，还剩2个工作日，请抓紧办理。"
    ]
    assert states() == [("sent", 1, "")]


def test_dingtalk_is_signed_with_its_secret(chat, at_once, wang, li, union, record):
    robot_of(chat, by=wang, service="dingtalk", secret="SECx")
    tell([li], record, union)
    send()
    query = parse_qs(urlsplit(chat.paths[0]).query)
    now, mark = query["timestamp"][0], unquote_plus(query["sign"][0]).replace(" ", "+")
    due = hmac.new(b"SECx", f"{now}\nSECx".encode(), hashlib.sha256).digest()
    assert (query["access_token"], base64.b64decode(mark)) == (["T"], due)


def test_feishu_is_signed_with_its_secret(chat, at_once, wang, li, union, record):
    robot_of(chat, by=wang, service="feishu", secret="SECx")
    tell([li], record, union)
    send()
    [message] = chat.heard
    due = hmac.new(f"{message['timestamp']}\nSECx".encode(), b"", hashlib.sha256).digest()
    assert base64.b64decode(message["sign"]) == due
    assert abs(int(message["timestamp"]) - timezone.now().timestamp()) < 60


@pytest.mark.parametrize(
    ("service", "called"),
    [
        ("wecom", lambda sent: sent["text"]["mentioned_mobile_list"]),
        ("dingtalk", lambda sent: sent["at"]["atMobiles"]),
    ],
)
def test_who_wants_it_is_called_by_number(
    service, called, chat, at_once, wang, li, zhang, union, record
):
    set_contact(email="", by_mail=False, mobile="13800000001", mention=True, by=li)
    set_contact(email="", by_mail=False, mobile="13800000002", mention=False, by=zhang)
    robot_of(chat, by=wang, service=service)
    tell([li, zhang], record, union)
    send()
    assert called(chat.heard[0]) == ["13800000001"]


def test_a_letter_goes_to_those_who_want_letters(letters, post, li, zhang, union, record):
    tell([li, zhang], record, union)
    send()
    assert post.recipients == ["li@example.com"]
    [letter] = post.letters
    assert letter["Subject"].strip() == "【实绩】市总工会：6月月报即将截止"
    assert letter.get_content().strip().endswith("还剩2个工作日，请抓紧办理。")


def test_a_message_leads_back_where_the_site_has_told_its_address(
    robot, chat, li, union, record, settings
):
    settings.SITE_URL = "https://shiji.example/"
    tell([li], record, union)
    send()
    assert chat.texts()[0].endswith("\nhttps://shiji.example/submissions/1/")


def test_no_figure_leaves_the_product(robot, letters, chat, post, li, union, record):
    """A reviewer wrote figures into the reason: inside they stand, outside they do not."""
    planted = "挽回经济损失1302万元应为1180.5万元，４２５人次"
    tell([li], record, union, kind="returned", reason=planted)
    send()
    assert planted in Notice.objects.get().text
    [said], [letter] = chat.texts(), post.letters
    for text in (said, letter["Subject"], letter.get_content()):
        assert re.findall(r"[0-9０-９.]+", text.replace("6月月报", "")) == []


def test_a_planted_leak_is_seen(robot, chat, li, union, record, monkeypatch):
    """Were reasons let out, the test above would have found them."""
    monkeypatch.setattr("tracker.notices.services.outside", lambda words: words)
    tell([li], record, union, kind="returned", reason="1302万元")
    send()
    assert "1302万元" in chat.texts()[0]


def test_several_things_are_one_message(robot, letters, chat, post, li, union):
    for number in range(12):
        tell([li], jobs.enqueue("note", key=number), union, round=f"{number + 1}月月报")
    send()
    assert (len(chat.heard), len(post.letters)) == (1, 1)
    assert chat.texts()[0].startswith("有12件事要办\n1. 市总工会：1月月报即将截止\n2. ")
    assert {state for state, _, _ in states()} == {"sent"}
    assert len(states()) == 24


def test_what_is_said_again_is_not_sent_again(robot, chat, li, union, record):
    tell([li], record, union)
    tell([li], record, union)
    send()
    tell([li], record, union)
    send()
    assert len(chat.heard) == 1


def test_what_is_settled_meanwhile_is_not_sent(robot, chat, li, union, record):
    tell([li], record, union)
    notices.settle(record, ["due-soon"])
    send()
    assert (chat.heard, states()) == ([], [("dropped", 0, "")])


def test_only_the_kinds_that_were_chosen_go_out(chat, at_once, wang, li, union, record):
    robot_of(chat, by=wang, kinds=["overdue"])
    tell([li], record, union)
    tell([li], record, union, kind="overdue")
    send()
    assert [text.splitlines()[0] for text in chat.texts()] == ["市总工会：6月月报已逾期"]


def test_an_agencys_group_hears_of_that_agency_alone(
    chat, at_once, wang, li, sun, union, league, record
):
    robot_of(chat, by=wang, agency=union)
    tell([sun], record, league)
    send()
    assert chat.heard == []
    tell([li], jobs.enqueue("note", key="y"), union)
    send()
    assert len(chat.heard) == 1


def test_a_channel_that_is_off_says_nothing(chat, at_once, wang, li, union, record):
    robot_of(chat, by=wang, active=False)
    tell([li], record, union)
    assert (Delivery.objects.count(), Job.objects.filter(kind="send-notices").count()) == (0, 0)


FAULTS = [
    ({"status": 500}, "127.0.0.1回答500。"),
    ({"status": 302, "headers": {"Location": "http://127.0.0.1:1/"}}, "127.0.0.1回答302。"),
    ({"body": b"oops"}, "回答不是约定的格式。"),
    ({"body": {"errcode": 93000, "errmsg": "invalid webhook"}}, "群机器人没有接收，代码93000。"),
    ({"body": {"code": 19021}}, "群机器人没有接收，代码19021。"),
    ({"body": {}}, "群机器人没有接收，代码None。"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS)
def test_a_robot_that_misbehaves_is_asked_again_later(fault, said, robot, chat, li, union, record):
    for name, value in fault.items():
        setattr(chat, name, value)
    tell([li], record, union)
    start = timezone.now()
    send(start)
    assert states() == [("queued", 1, said)]
    send(start + MINUTE / 2)
    assert len(chat.heard) == 1
    chat.status, chat.body = 200, {"errcode": 0}
    send(start + 2 * MINUTE)
    assert states() == [("sent", 2, "")]


def test_the_pauses_grow_and_in_the_end_a_person_decides(robot, chat, li, union, record, wang):
    chat.status = 500
    tell([li], record, union)
    at, gone = timezone.now(), []
    for pause in (datetime.timedelta(0), *sending.PAUSES):
        at += pause
        send(at)
        gone.append(len(chat.heard))
    assert gone == [1, 2, 3, 4, 5, 6]
    assert states() == [("failed", 6, "127.0.0.1回答500。")]
    assert not Job.objects.queued().filter(kind="send-notices").exists()
    chat.status = 200
    send_again(Delivery.objects.get(), by=wang)
    send()
    assert states() == [("sent", 1, "")]
    with pytest.raises(Refused, match="已送达"):
        send_again(Delivery.objects.get(), by=wang)


def test_a_mail_server_that_refuses_is_asked_again(letters, post, li, union, record):
    post.answer = "451 try again"
    tell([li], record, union)
    start = timezone.now()
    send(start)
    assert states() == [("queued", 1, "邮件没有发出（SMTPDataError）。")]
    post.answer = "250 OK"
    send(start + 2 * MINUTE)
    assert (states(), len(post.letters)) == ([("sent", 2, "")], 1)


def test_one_mailbox_that_is_none_does_not_hold_up_the_others(
    letters, post, li, zhang, union, record
):
    set_contact(email="zhang@example.com", by_mail=True, mobile="", mention=False, by=zhang)
    post.refuse = frozenset({"li@example.com"})
    tell([li, zhang], record, union)
    send()
    assert post.recipients == ["zhang@example.com"]
    assert states() == [("queued", 1, "邮件没有发出（SMTPRecipientsRefused）。"), ("sent", 1, "")]


def test_a_failure_of_one_channel_leaves_the_other_alone(
    robot, letters, chat, post, li, union, record
):
    chat.status = 500
    tell([li], record, union)
    send()
    assert sorted(state for state, _, _ in states()) == ["queued", "sent"]


DAY, NIGHT = datetime.time(8), datetime.time(20)


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("07:59", True), ("08:00", False), ("19:59", False), ("20:00", True), ("00:30", True)],
)
def test_the_night_is_quiet(clock, quiet):
    assert is_quiet(datetime.time.fromisoformat(clock), Manner()) is quiet


@pytest.mark.parametrize(("clock", "quiet"), [("12:30", True), ("13:30", False), ("11:59", False)])
def test_a_midday_rest_is_quiet_too(clock, quiet):
    how = Manner(quiet_from=datetime.time(12), quiet_until=datetime.time(13, 30))
    assert is_quiet(datetime.time.fromisoformat(clock), how) is quiet


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("2026-06-10 14:00", "2026-06-10 14:05"),
        ("2026-06-10 19:58", "2026-06-11 08:00"),
        ("2026-06-10 23:10", "2026-06-11 08:00"),
        ("2026-06-11 02:00", "2026-06-11 08:00"),
    ],
)
def test_what_is_said_at_night_goes_out_in_the_morning(db, said, goes):
    zone = timezone.get_default_timezone()
    at = datetime.datetime.fromisoformat(said).replace(tzinfo=zone)
    assert f"{timezone.localtime(next_moment(at)):%Y-%m-%d %H:%M}" == goes


def test_what_fell_due_before_the_night_waits_for_the_morning(robot, chat, li, union, record, wang):
    """The worker was down in the evening and comes back at eleven."""
    tell([li], record, union)
    set_manner(quiet_from=NIGHT, quiet_until=DAY, gather_minutes=0, by=wang)
    zone = timezone.get_default_timezone()
    today = timezone.localtime() + datetime.timedelta(days=1)
    late = datetime.datetime.combine(today, datetime.time(23), tzinfo=zone)
    send(late)
    assert chat.heard == []
    send(late + datetime.timedelta(hours=9, minutes=1))
    assert len(chat.heard) == 1


def test_a_channel_is_tried_at_once(robot, letters, chat, post, wang):
    assert try_channel(robot, by=wang) == ""
    assert "测试消息" in chat.texts()[0]
    with pytest.raises(Refused, match="请先在“个人资料”里填写邮箱"):
        try_channel(letters, by=wang)
    chat.body = {"errcode": 40001}
    assert try_channel(robot, by=wang) == "群机器人没有接收，代码40001。"


def test_the_robots_key_is_in_no_log(robot, wang):
    written = [str(row.data) for row in AuditEntry.objects.filter(act__startswith="channel.")]
    assert len(written) == 1
    assert "key=K" not in written[0]


def test_an_address_that_is_not_on_the_list_is_refused(chat, wang):
    with pytest.raises(Refused, match="不在允许的地址里"):
        robot_of(chat, by=wang, address="http://169.254.169.254/latest")
    assert Channel.objects.count() == 0


def test_an_empty_address_leaves_the_one_that_is_kept(robot, chat, wang):
    kept = robot.address
    save_channel(robot, service="wecom", name="新名", kinds=[], active=True, by=wang)
    robot.refresh_from_db()
    assert (robot.address, robot.name) == (kept, "新名")


@pytest.mark.parametrize("who", ["li", "zhang", "wu", "zhao", "zhou"])
def test_nobody_else_keeps_channels(who, city_with_people, robot):
    person = city_with_people.people[who]
    for act in (
        lambda: save_channel(robot, service="wecom", name="x", kinds=[], active=True, by=person),
        lambda: try_channel(robot, by=person),
        lambda: set_manner(quiet_from=DAY, quiet_until=NIGHT, gather_minutes=0, by=person),
    ):
        with pytest.raises(Refused):
            act()


def test_telling_three_by_mail_takes_as_many_queries_as_one(
    letters, li, zhang, sun, union, django_assert_num_queries
):
    for person in (zhang, sun):
        set_contact(email="x@example.com", by_mail=True, mobile="", mention=False, by=person)
    tell([li], jobs.enqueue("note", key=0), union)
    record, other = jobs.enqueue("note", key=1), jobs.enqueue("note", key=2)
    with django_assert_num_queries(10):
        tell([li], record, union)
    with django_assert_num_queries(10):
        tell([li, zhang, sun], other, union)


def test_a_long_list_is_sent_in_several_runs(letters, post, li, zhang, sun, union, monkeypatch):
    for person in (zhang, sun):
        set_contact(email=f"{person.username}@example.com", by_mail=True, mobile="", mention=False,
                    by=person)  # fmt: skip
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    tell([li, zhang, sun], jobs.enqueue("note", key=1), union)
    runs = 0
    while job := Job.objects.due(timezone.now()).filter(kind="send-notices").first():
        runner.run(job.pk, HANDLERS)
        runs += 1
    assert (runs, len(post.letters)) == (2, 3)
