"""The pages of chasing: the board, what is missing inside, reminding, the ladder, channels and words."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from tests import factories
from tests.cast import agency, employ
from tests.notices.fixtures import ALL
from tracker.catalogue.models import Extension, Round
from tracker.notices.channels import save_channel
from tracker.notices.models import Channel, Contact, Delivery, Manner, Notice, Wording
from tracker.submissions.chasing.board import Board, Tally, Word, board_of, entries_of
from tracker.submissions.chasing.climbing import with_due
from tracker.submissions.models import Chase, Submission
from tracker.submissions.services import Change, declare_zero, save_figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def trained(li):
    return factories.indicator(li, "培训农民工", level="county")


@pytest.fixture
def money(li):
    return factories.indicator(
        li, "送温暖筹集资金", unit_name="元", entry_scale="万", level="county"
    )


@pytest.fixture
def counties(city_with_people, city, trained, money):
    """The unions of three counties, each with somebody who fills in."""
    people, made = city_with_people.people, []
    for number, region in enumerate(city.children.filter(level="county").order_by("code")):
        name = f"{region.name}总工会"
        made.append(agency("union", region, name, name, by=people["qian"]))
        employ(city_with_people, f"county{number}", f"县{number}", made[-1], "干事", "reporter")
    return made


@pytest.fixture
def june(counties, city):
    """Open, and the union's of three counties owe it."""
    cycle = factories.cycle(*counties)
    cycle.region = city
    cycle.save()
    made = factories.open_round(cycle, factories.month(2026, 6))
    Submission.objects.bulk_create([Submission(round=made, agency=one) for one in counties])
    return made


def rows(june) -> list[Submission]:
    found = with_due(june.submissions.all())
    return list(found.select_related("agency__region", "agency__line", "round").order_by("pk"))


def one(june, number=0) -> Submission:
    return rows(june)[number]


def fill(submission, *values, city_with_people, number=0):
    by = city_with_people.people[f"county{number}"]
    changes = [
        Change(indicator.pk, submission.agency.region_id, text) for indicator, text in values
    ]
    save_figures(submission, changes, by=by)


def board(june, at=None) -> Board:
    found = entries_of(rows(june), at or timezone.now())
    return board_of(entry for entries in found.values() for entry in entries)


def words(june, at=None) -> list[str]:
    return [
        entry.word.value for row in board(june, at).rows for cell in row.cells for entry in cell
    ]


def test_a_cell_says_one_word(june, trained, city_with_people):
    assert words(june) == ["未开始"] * 3
    fill(one(june), (trained, "12"), city_with_people=city_with_people)
    states = ["signing", "returned"]
    for submission, status in zip(rows(june)[1:], states, strict=True):
        Submission.objects.filter(pk=submission.pk).update(status=status)
    assert words(june) == ["填报中", "待审签", "退回"]
    late = june.due_at + datetime.timedelta(minutes=1)
    assert words(june, late) == ["逾期", "逾期", "退回"]


def test_what_is_filed_or_decided_says_so(june, li):
    submitted, decided, _ = rows(june)
    Submission.objects.filter(pk=submitted.pk).update(status="submitted", submitted_by=li)
    Submission.objects.filter(pk=decided.pk).update(status="line_review", submitted_by=li)
    assert words(june) == ["已报送", "已报送", "未开始"]


def test_both_edges_have_their_totals(june, li):
    Submission.objects.filter(pk=one(june).pk).update(status="submitted", submitted_by=li)
    found = board(june)
    assert found.totals() == [Tally(1, 1), Tally(0, 1), Tally(0, 1)]
    assert [tally for _, tally in found.edge()] == [Tally(1, 3)]
    assert found.total() == Tally(1, 3)


def test_who_fills_in_for_its_counties_has_a_word_in_each(union, city, trained, money, li):
    cycle = factories.cycle(union, filing="for_subordinates")
    made = factories.open_round(cycle, factories.month(2026, 7))
    submission = Submission.objects.create(round=made, agency=union)
    county = city.children.filter(level="county").order_by("code").first()
    save_figures(submission, [Change(trained.pk, county.pk, "12")], by=li)
    assert words(made) == ["填报中", "未开始", "未开始"]


def test_the_board_takes_as_many_queries_for_three_as_for_one(june, wang, sign_in):
    def asked() -> int:
        browser = sign_in(wang)
        browser.get(reverse("completeness"))
        with CaptureQueriesContext(connection) as seen:
            browser.get(reverse("completeness"))
        return len(seen)

    three = asked()
    june.submissions.exclude(pk=one(june).pk).delete()
    assert asked() == three


def test_the_page_shows_words_totals_and_what_to_copy(june, wang, sign_in):
    page = sign_in(wang).get(reverse("completeness")).content.decode()
    assert page.count("未开始") >= 6
    assert "0/3" in page
    assert "尚未报送的单位：历下区总工会、市中区总工会、平阴县总工会" in page


def test_a_click_shows_what_is_missing_inside(
    june, trained, money, wang, sign_in, city_with_people
):
    fill(one(june), (trained, "12"), city_with_people=city_with_people)
    answer = sign_in(wang).get(reverse("completeness-cell", args=[one(june).pk]))
    [gap] = answer.context["gaps"]
    assert ([cell.indicator for cell in gap.cells], gap.owed) == ([money], 2)
    assert "送温暖筹集资金" in answer.content.decode()


def test_a_zero_is_not_missing(june, wang, sign_in, city_with_people):
    submission = one(june)
    declare_zero(submission, by=city_with_people.people["county0"])
    answer = sign_in(wang).get(reverse("completeness-cell", args=[submission.pk]))
    assert answer.context["gaps"] == []
    assert "都填了" in answer.content.decode()


def test_one_is_reminded_with_a_click(june, wang, sign_in):
    browser = sign_in(wang)
    page = browser.post(reverse("completeness-remind"), {"pick": one(june).pk}, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["已提醒1个单位，共1人。"]
    assert Notice.objects.get().recipient.username == "county0"
    cell = browser.get(reverse("completeness-cell", args=[one(june).pk])).content.decode()
    assert "催报" in cell
    assert AuditEntry.objects.latest("seq").act == "chase.remind"


def test_several_are_reminded_at_once(june, wang, sign_in):
    picks = [submission.pk for submission in rows(june)]
    sign_in(wang).post(reverse("completeness-remind"), {"pick": picks})
    assert Notice.objects.filter(kind="reminder").count() == 3


def test_twice_within_the_hour_is_refused_with_the_reason(june, wang, sign_in):
    browser, form = sign_in(wang), {"pick": one(june).pk}
    browser.post(reverse("completeness-remind"), form)
    answer = browser.post(reverse("completeness-remind"), form)
    assert answer.status_code == 409
    assert "已经催过" in answer.content.decode()
    assert Chase.objects.count() == 1


def test_nothing_picked_reminds_nobody(june, wang, sign_in):
    page = sign_in(wang).post(reverse("completeness-remind"), follow=True)
    assert "请先勾选" in str([*page.context["messages"]][0])


def test_an_agency_sees_its_own_cell_and_reminds_nobody(june, sign_in, city_with_people):
    browser = sign_in(city_with_people.people["county0"])
    mine, other = one(june), one(june, 1)
    assert browser.get(reverse("completeness-cell", args=[mine.pk])).status_code == 200
    assert browser.get(reverse("completeness-cell", args=[other.pk])).status_code == 404
    assert browser.post(reverse("completeness-remind"), {"pick": mine.pk}).status_code == 409
    assert browser.post(reverse("completeness-remind"), {"pick": other.pk}).status_code == 404
    assert Notice.objects.count() == 0


def test_an_extension_is_given_from_the_cell(june, wang, sign_in):
    browser, submission = sign_in(wang), one(june)
    answer = browser.get(reverse("completeness-cell", args=[submission.pk]))
    form = {field.html_name: field.value() for field in answer.context["form"]}
    later = (timezone.localtime() + datetime.timedelta(days=30)).strftime("%Y-%m-%dT%H:%M")
    form |= {"due_at": later, "reason": "系统故障"}
    browser.post(reverse("round-extend", args=[june.pk]), form)
    assert Extension.objects.get().agency == submission.agency
    row = next(r for r in browser.get(reverse("completeness")).context["rows"]
               if r.submission == submission)  # fmt: skip
    assert row.submission.own_due == Extension.objects.get().due_at


def test_the_last_rounds_stand_side_by_side(june, wang, sign_in, li):
    july = factories.open_round(june.cycle, factories.month(2026, 7))
    Round.objects.filter(pk=july.pk).update(due_at=june.due_at + datetime.timedelta(days=30))
    Submission.objects.create(round=july, agency=one(june).agency, status="submitted",
                              submitted_by=li)  # fmt: skip
    answer = sign_in(wang).get(reverse("completeness-rounds"))
    [first, *_] = answer.context["rows"]
    assert [cell[1] for cell in first[1]] == [Word.BLANK, Word.FILED]
    assert answer.context["totals"] == [(0, 3), (1, 1)]


@pytest.mark.parametrize("page", ["completeness", "completeness-rounds", "dispatch"])
def test_an_empty_board_says_what_will_come(page, wang, sign_in):
    assert "还没有开放的期次" in sign_in(wang).get(reverse(page)).content.decode()


# The ladder.


def ladder_form(**changed) -> dict:
    on = dict.fromkeys(
        [f"{kind}-active" for kind in ("opened", "due-soon", "due-today", "overdue",
                                       "still-returned", "to-signer", "to-superior")],
        "on",
    )  # fmt: skip
    days = {"due-soon-days": 2, "overdue-days": 1, "still-returned-days": 2, "to-signer-days": 1,
            "to-superior-days": 3}  # fmt: skip
    return on | days | changed


def test_the_rungs_are_set_on_one_page(wang, sign_in):
    form = ladder_form(**{"overdue-days": 3, "to-superior-days": 5})
    del form["to-signer-active"]
    browser = sign_in(wang)
    page = browser.post(reverse("chase-ladder"), form, follow=True).content.decode()
    assert "催报步骤已保存" in page
    rungs = {
        one.step.kind.value: one.step
        for one in browser.get(reverse("chase-ladder")).context["rungs"]
    }
    assert (rungs["overdue"].days, rungs["to-superior"].days) == (3, 5)
    assert rungs["to-signer"].active is False
    assert AuditEntry.objects.filter(act="chase.step").count() == 3


@pytest.mark.parametrize("days", ["0", "31", "-1", "x", ""])
def test_days_that_are_none_keep_the_page_as_typed(wang, sign_in, days):
    answer = sign_in(wang).post(reverse("chase-ladder"), ladder_form(**{"overdue-days": days}))
    assert answer.status_code == 422
    assert "没有保存" in answer.content.decode()


def test_a_year_without_a_calendar_is_said(wang, sign_in, time_machine_at):
    assert (
        "还没有2040年、2041年的国家放假安排"
        in sign_in(wang).get(reverse("chase-ladder")).content.decode()
    )


@pytest.fixture
def time_machine_at(monkeypatch):
    later = datetime.date(2040, 3, 1)
    monkeypatch.setattr("tracker.web.chase_ladder.timezone.localdate", lambda: later)


# The words.


def test_words_are_changed_and_taken_back_on_the_page(wang, sign_in):
    browser, address = sign_in(wang), reverse("notice-word", args=["overdue"])
    form = {"title": "{单位}请速报", "text": "{期次}已逾期{天数}天。"}
    assert "已保存" in browser.post(address, form, follow=True).content.decode()
    assert Wording.objects.get().title == "{单位}请速报"
    page = browser.get(address).content.decode()
    assert "市总工会请速报" in page
    browser.post(reverse("notice-word-reset", args=["overdue"]))
    assert Wording.objects.count() == 0


def test_words_with_a_figure_are_refused_on_the_page(wang, sign_in):
    form = {"title": "请速报", "text": "已筹集1302万元。"}
    answer = sign_in(wang).post(reverse("notice-word", args=["overdue"]), form)
    assert answer.status_code == 422
    assert "不能写具体数据" in answer.content.decode()


def test_a_kind_that_is_none_is_not_found(wang, sign_in):
    assert sign_in(wang).get(reverse("notice-word", args=["gossip"])).status_code == 404


# The channels.


def channel_form(chat, **changed) -> dict:
    return {"service": "wecom", "name": "月报群", "address": f"{chat.url}/send?key=SECRETKEY",
            "kinds": ["overdue"], "active": "on"} | changed  # fmt: skip


def test_a_robot_is_added_tried_and_its_key_never_shown(chat, at_once, qian, sign_in):
    browser = sign_in(qian)
    browser.post(reverse("channel-add"), channel_form(chat))
    channel = Channel.objects.get()
    page = browser.post(reverse("channel-try", args=[channel.pk]), follow=True).content.decode()
    assert "“月报群”已接收测试消息。" in page
    for address in (reverse("channel-list"), reverse("channel-edit", args=[channel.pk])):
        assert "SECRETKEY" not in browser.get(address).content.decode()


def test_a_robot_that_declines_is_said(chat, at_once, wang, sign_in):
    browser = sign_in(wang)
    browser.post(reverse("channel-add"), channel_form(chat))
    chat.body = {"errcode": 93000}
    answer = browser.post(reverse("channel-try", args=[Channel.objects.get().pk]), follow=True)
    assert "代码93000" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"address": "http://169.254.169.254/"}, "address"),
        ({"address": ""}, "address"),
        ({"name": ""}, "name"),
        ({"kinds": ["gossip"]}, "kinds"),
    ],
)
def test_a_channel_that_cannot_be_is_refused_at_its_field(
    changed,
    field,
    chat,
    wang,
    sign_in,
):
    answer = sign_in(wang).post(reverse("channel-add"), channel_form(chat, **changed))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Channel.objects.count() == 0


def test_there_is_one_channel_of_mail(wang, sign_in):
    browser = sign_in(wang)
    form = {"service": "mail", "name": "邮件", "kinds": ["overdue"], "active": "on"}
    browser.post(reverse("channel-add"), form)
    again = browser.post(reverse("channel-add"), form | {"name": "又一个"})
    assert again.status_code == 422
    assert Channel.objects.count() == 1


def test_a_known_channel_keeps_its_address_when_none_is_typed(chat, wang, sign_in):
    browser = sign_in(wang)
    browser.post(reverse("channel-add"), channel_form(chat))
    channel = Channel.objects.get()
    form = {"name": "新名", "address": "", "secret": "", "kinds": ["overdue", "due-soon"]}
    browser.post(reverse("channel-edit", args=[channel.pk]), form)
    kept = Channel.objects.get()
    assert (kept.name, kept.address, kept.active) == ("新名", channel.address, False)
    assert kept.kinds == ["due-soon", "overdue"]


def test_a_failed_message_is_shown_and_sent_again(chat, wang, qian, sign_in):
    channel = save_channel(
        None, service="wecom", name="群", kinds=ALL, active=True, address=f"{chat.url}/x", by=wang
    )
    now = timezone.now()
    Delivery.objects.create(
        channel=channel, kind="overdue", target_type="round", target_id=1, title="市总工会：已逾期",
        text="x", link="/", state="failed", attempts=6, error="回答500。", created=now, not_before=now,
    )  # fmt: skip
    browser = sign_in(qian)
    page = browser.get(reverse("delivery-list")).content.decode()
    assert "回答500。" in page
    browser.post(reverse("delivery-again", args=[Delivery.objects.get().pk]))
    assert Delivery.objects.get().state == "queued"
    assert browser.get(reverse("channel-list")).status_code == 200


def test_quiet_hours_are_set_on_the_page(wang, sign_in):
    form = {"quiet_from": "21:00", "quiet_until": "07:30", "gather_minutes": "10"}
    sign_in(wang).post(reverse("notice-manner"), form)
    assert str(Manner.objects.get()) == "21:00-07:30"


def test_one_says_where_one_wants_to_be_told(li, sign_in):
    form = {"email": "li@example.com", "by_mail": "on", "mobile": "13800000001", "mention": "on"}
    page = sign_in(li).post(reverse("profile-contact"), form, follow=True).content.decode()
    assert "通知方式已保存" in page
    assert Contact.objects.get(user=li).email == "li@example.com"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"by_mail": "on"}, "email"),
        ({"email": "x"}, "email"),
        ({"mention": "on"}, "mobile"),
        ({"mobile": "12"}, "mobile"),
    ],
)
def test_an_address_that_is_none_is_refused_at_its_field(form, field, li, sign_in):
    answer = sign_in(li).post(reverse("profile-contact"), form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_the_key_of_a_channel_stays_where_it_is_kept(chat, wang, sign_in):
    """A form that comes back with an error shows what was typed, but not what was kept."""
    browser = sign_in(wang)
    browser.post(reverse("channel-add"), channel_form(chat))
    address = reverse("channel-edit", args=[Channel.objects.get().pk])
    answer = browser.post(address, {"name": "", "kinds": ["overdue"]})
    assert answer.status_code == 422
    assert "SECRETKEY" not in answer.content.decode()


@pytest.mark.parametrize(
    "page", ["channel-list", "channel-add", "notice-words", "notice-manner", "delivery-list"]
)
def test_the_channels_are_the_reviewers_and_the_system_administrators(
    page, city_with_people, sign_in
):
    people = city_with_people.people
    answers = {name: sign_in(user).get(reverse(page)).status_code for name, user in people.items()}
    assert answers == {name: 200 if name in ("qian", "wang") else 404 for name in people}
