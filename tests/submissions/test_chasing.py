"""The ladder: who hears of what and when, once, on working days, and nobody who has filed."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, Line
from accounts.rules import Refused
from tests import factories
from tests.cast import agency, employ
from tracker.catalogue.models import Round, WorkdayOverride
from tracker.catalogue.rounds import extend
from tracker.notices.models import Notice
from tracker.submissions.chasing.climbing import climb
from tracker.submissions.chasing.rules import may_remind
from tracker.submissions.chasing.steps import ladder, set_step
from tracker.submissions.models import Chase, Status, Submission, SubmissionMove
from tracker.submissions.reminding import open_submissions, remind
from tracker.submissions.services import Change, prepare, save_figures, submit

ZONE = timezone.get_default_timezone()
DUE = datetime.datetime(2026, 7, 10, 17, tzinfo=ZONE)  # a Friday


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


@pytest.fixture
def june(june):
    """Due on Friday 10 July 2026 at 17:00."""
    Round.objects.filter(pk=june.pk).update(opens_at=at("07-01 08:00"), due_at=DUE)
    june.refresh_from_db()
    return june


@pytest.fixture
def he(city_with_people, union):
    """Reviews the line at the city's trade union: the superior of the county unions."""
    return employ(city_with_people, "he", "何", union, "科长", "line_reviewer")


@pytest.fixture
def counties(city_with_people, city, union, june):
    """Two county unions that owe the round, with their people."""
    people, made = city_with_people.people, []
    for number, region in enumerate(city.children.order_by("code")[:2]):
        name = f"{region.name}总工会"
        made.append(agency("union", region, name, name, by=people["qian"]))
        made[-1].superior = union
        made[-1].save()
        employ(city_with_people, f"county{number}", f"县{number}", made[-1], "干事", "reporter")
        june.cycle.duties.create(agency=made[-1], filing="own")
    prepare(june)
    return made


def stand(submission, status, when=None, by=None) -> Submission:
    """Put where a test needs it, by another way than the verbs."""
    Submission.objects.filter(pk=submission.pk).update(status=status, submitted_by=by)
    if when:
        move = SubmissionMove.objects.create(
            submission=submission, by=by, from_status="submitted", to_status=status, version=9
        )
        # The clock of a move is its own; a test sets it where it is read.
        assert move.at
    submission.refresh_from_db()
    return submission


def heard() -> list[tuple[str, str]]:
    rows = Notice.objects.order_by("pk").values_list("recipient__username", "kind")
    return list(rows)


def climbed(*moments: str) -> list[list[tuple[str, str]]]:
    """What was heard at each of the moments, in turn."""
    found = []
    for moment in moments:
        before = Notice.objects.count()
        climb(at(moment))
        found.append(heard()[before:])
    return found


def test_the_reporter_is_told_two_working_days_before_and_on_the_day(submission):
    assert climbed("07-07 09:00", "07-08 09:00", "07-09 09:00", "07-10 09:00") == [
        [], [("li", "due-soon")], [], [("li", "due-today")],
    ]  # fmt: skip


def test_the_words_say_the_time_and_the_days_left_and_no_figure(submission, june):
    climb(at("07-08 09:00"))
    notice = Notice.objects.get()
    assert (notice.title, notice.text, notice.link) == (
        f"市总工会：{june}即将截止",
        f"市总工会尚未报送“{june}”，截止时间为2026年7月10日 17:00，还剩2个工作日，请抓紧办理。",
        submission.get_absolute_url(),
    )


def test_a_second_climb_of_a_day_says_nothing(submission):
    assert climbed("07-08 09:00", "07-08 11:00") == [[("li", "due-soon")], []]


def test_after_the_deadline_the_reporter_the_signer_and_the_superior_in_turn(
    submission, city_with_people, lead_office
):
    """13, 14 and 15 July are the first, second and third working day after Friday the 10th."""
    climb(at("07-08 09:00"))
    Notice.objects.all().delete()
    found = climbed("07-11 09:00", "07-12 09:00", "07-13 09:00", "07-14 09:00", "07-15 09:00")
    assert found == [
        [],  # Saturday
        [],
        [("li", "overdue"), ("zhang", "to-signer")],
        [("li", "overdue")],
        [("li", "overdue"), ("wang", "to-superior")],
    ]


def test_a_declared_day_counts_and_a_holiday_does_not(submission, wang):
    WorkdayOverride.objects.create(day="2026-07-09", is_workday=False)
    WorkdayOverride.objects.create(day="2026-07-11", is_workday=True)
    assert climbed("07-08 09:00", "07-09 09:00", "07-11 09:00") == [
        [("li", "due-soon")], [], [("li", "overdue"), ("zhang", "to-signer")],
    ]  # fmt: skip


def test_due_on_a_day_that_is_not_worked_is_said_on_that_day(submission, june):
    Round.objects.filter(pk=june.pk).update(due_at=at("07-11 17:00"))
    assert climbed("07-11 09:00") == [[("li", "due-today")]]


def test_what_waits_for_a_signature_is_the_signers_to_hear(submission, li):
    stand(submission, Status.SIGNING, by=li)
    assert climbed("07-08 09:00", "07-13 09:00") == [
        [("zhang", "due-soon")], [("zhang", "overdue")],
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["submitted", "line_review"])
def test_who_has_filed_hears_nothing(submission, li, status):
    stand(submission, status, by=li)
    assert climbed("07-08 09:00", "07-10 09:00", "07-13 09:00", "07-20 09:00") == [[], [], [], []]


def test_what_came_back_is_chased_until_it_is_filed_again(submission, wang, monkeypatch):
    stand(submission, Status.RETURNED, when=True, by=wang)
    back = timezone.localdate()
    days = [back + datetime.timedelta(days=n) for n in range(1, 15)]
    Round.objects.update(due_at=timezone.now() + datetime.timedelta(days=60))
    told = []
    for day in days:
        before = Notice.objects.count()
        climb(datetime.datetime.combine(day, datetime.time(9), tzinfo=ZONE))
        told += [kind for _, kind in heard()[before:]]
    assert told == ["still-returned"] * 5
    assert Notice.objects.first().title == f"市总工会：{submission.round}退回后尚未重报"


def test_an_extension_moves_the_ladder_for_its_agency_alone(submission, counties, wang, union):
    extend(submission.round, union, DUE + datetime.timedelta(days=365), "系统故障", by=wang)
    found = climbed("07-08 09:00", "07-13 09:00")
    assert sorted({who for day in found for who, _ in day}) == ["county0", "county1"]


def test_after_a_month_the_clock_is_silent(submission):
    assert climbed("08-11 09:00") == [[]]


def test_a_superior_hears_of_several_agencies_in_one_notice(counties, he, june):
    climb(at("07-15 09:00"))
    [notice] = Notice.objects.filter(recipient=he)
    assert (notice.title, notice.link) == (
        f"历下区总工会、市中区总工会逾期未报{june}", f"/completeness/?round={june.pk}",
    )  # fmt: skip


def test_a_rung_that_is_off_is_not_climbed(submission, wang):
    set_step("due-soon", active=False, days=2, by=wang)
    assert climbed("07-08 09:00", "07-10 09:00") == [[], [("li", "due-today")]]


def test_the_days_of_a_rung_are_the_citys(submission, wang):
    set_step("due-soon", active=True, days=4, by=wang)
    set_step("overdue", active=True, days=3, by=wang)
    set_step("to-signer", active=False, days=None, by=wang)
    assert climbed("07-06 09:00", "07-13 09:00", "07-15 09:00") == [
        [("li", "due-soon")], [], [("li", "overdue"), ("wang", "to-superior")],
    ]  # fmt: skip


def test_the_ladder_stands_as_the_product_has_it_until_somebody_sets_it(wang):
    assert [(one.kind.value, one.active, one.days) for one in ladder().values()] == [
        ("opened", True, None), ("due-soon", True, 2), ("due-today", True, None),
        ("overdue", True, 1), ("still-returned", True, 2), ("to-signer", True, 1),
        ("to-superior", True, 3),
    ]  # fmt: skip
    set_step("to-superior", active=True, days=5, by=wang)
    assert ladder()["to-superior"].days == 5
    assert AuditEntry.objects.latest("seq").act == "chase.step"


@pytest.mark.parametrize("who", ["li", "wu", "qian", "zhao"])
def test_only_the_lead_offices_reviewers_set_it(who, city_with_people):
    with pytest.raises(Refused):
        set_step("overdue", active=False, days=1, by=city_with_people.people[who])


def test_opening_is_a_rung_too(june, li, wang):
    open_submissions(june)
    assert heard() == [("li", "opened")]
    set_step("opened", active=False, days=None, by=wang)
    Notice.objects.all().delete()
    open_submissions(june)
    assert heard() == []


def test_it_stops_at_once_when_it_is_filed(submission, trained, money, city, li):
    climb(at("07-08 09:00"))
    Round.objects.update(due_at=timezone.now() + datetime.timedelta(days=1))
    changes = [Change(trained.pk, city.pk, "12"), Change(money.pk, city.pk, "3")]
    save_figures(submission, changes, by=li)
    submission.refresh_from_db()
    submit(submission, by=li, version=submission.version)
    unread = Notice.objects.unread().values_list("recipient__username", "kind")
    assert list(unread) == [("zhang", "submitted")]


def test_every_climb_leaves_its_row(submission):
    climb(at("07-08 09:00"))
    [row] = Chase.objects.all()
    assert (row.submission, row.kind, row.by, row.told) == (submission, "due-soon", None, 1)


def test_one_takes_as_many_queries_as_three_apart_from_telling(
    submission, counties, django_assert_max_num_queries
):
    """Each notice costs three; all the rest is asked once."""
    with django_assert_max_num_queries(10 + 3 * 3):
        climb(at("07-08 09:00"))


# By hand.


def test_a_reviewer_reminds_of_several_at_once(submission, counties, wang):
    rows = list(Submission.objects.order_by("pk"))
    assert remind(rows, by=wang) == 3
    assert sorted(heard()) == [(who, "reminder") for who in ("county0", "county1", "li")]
    assert "王提醒：" in Notice.objects.first().text
    assert AuditEntry.objects.filter(act="chase.remind").count() == 3


def test_nobody_is_reminded_of_the_same_twice_within_an_hour(submission, wang):
    remind([submission], by=wang, at=at("07-08 09:10"))
    with pytest.raises(Refused, match="市总工会在这个小时里已经催过"):
        remind([submission], by=wang, at=at("07-08 09:50"))
    assert remind([submission], by=wang, at=at("07-08 10:10")) == 1


def test_all_are_reminded_or_none(submission, counties, li, wang):
    stand(submission, Status.SUBMITTED, by=li)
    with pytest.raises(Refused, match="已经报送"):
        remind(list(Submission.objects.all()), by=wang)
    assert heard() == []


def test_an_agency_without_a_reporter_is_said(union, june, city_with_people, wang):
    women = agency(
        Line.objects.get(code="women").code, union.region, "济南市妇女联合会", "市妇联",
        by=city_with_people.people["qian"],
    )  # fmt: skip
    row = Submission.objects.create(round=june, agency=women)
    with pytest.raises(Refused, match="市妇联还没有可以提醒的人员"):
        remind([row], by=wang)


def test_a_superior_reminds_its_own_and_nobody_elses(submission, counties, he, union):
    below = Submission.objects.get(agency=counties[0])
    assert may_remind(he, below)
    assert may_remind(he, submission).reason == "只有牵头单位和上级单位可以催报。"


@pytest.mark.parametrize("who", ["li", "zhang", "sun", "wu", "zheng", "zhao", "qian", "zhou"])
def test_nobody_else_reminds(submission, who, city_with_people):
    with pytest.raises(Refused, match="只有牵头单位和上级单位可以催报"):
        remind([submission], by=city_with_people.people[who])


def test_what_has_not_opened_is_not_chased(union, wang, trained):
    later = factories.open_round(factories.cycle(union, name="专报"), factories.month(2026, 9))
    row = Submission.objects.create(round=later, agency=union)
    Round.objects.filter(pk=later.pk).update(state=Round.State.UPCOMING)
    row = Submission.objects.select_related("round", "agency__region").get(pk=row.pk)
    assert may_remind(wang, row).reason == "本期填报尚未开放，不需要催报。"
