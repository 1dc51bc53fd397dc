"""The system administrator's pages of the clock and the queue."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from accounts.models import AuditEntry
from tracker import tasks
from tracker.jobs import health, rescheduling, schedules, services
from tracker.jobs.models import Job, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def remind(city_with_people):
    tasks.install_schedules()
    return PeriodicTask.objects.get(name="截止前提醒")


def text(answer) -> str:
    return answer.content.decode()


def job(state, key, kind="compile-plan", **fields):
    now = timezone.now()
    return Job.objects.create(
        kind=kind, key=key, state=state, run_after=now, created=now, finished=now, **fields
    )


@pytest.mark.parametrize("page", ["schedule-list", "job-list"])
def test_the_machine_is_the_system_administrators(page, city_with_people, sign_in):
    people = city_with_people.people
    answers = {name: sign_in(user).get(reverse(page)).status_code for name, user in people.items()}
    assert answers == {name: 200 if name == "qian" else 404 for name in people}


def test_the_schedules_are_said_in_words(remind, qian, sign_in):
    page = text(sign_in(qian).get(reverse("schedule-list")))
    for words in ("每天 09:00", "每5分钟", "每天 03:30", "每分钟", "还没有"):
        assert words in page
    assert "* *" not in page


def test_without_a_schedule_the_page_says_what_to_look_at(qian, sign_in):
    assert "请确认后台程序已经启动" in text(sign_in(qian).get(reverse("schedule-list")))


def test_what_nobody_here_can_do_is_not_listed(qian, sign_in):
    schedules.install("旧任务", "no-such-kind", "0 1 * * *")
    assert "旧任务" not in text(sign_in(qian).get(reverse("schedule-list")))


CHOSEN = [
    ({"rhythm": "day", "at": "08:15"}, "每天 08:15"),
    ({"rhythm": "minutes", "n": "10"}, "每10分钟"),
    ({"rhythm": "hours", "n": "2", "at": "00:20"}, "每2小时的第20分"),
    ({"rhythm": "working_week", "at": "17:00"}, "周一至周五 17:00"),
    ({"rhythm": "week", "weekday": "0", "at": "17:00"}, "每周日 17:00"),
    ({"rhythm": "month", "day": "25", "at": "17:00"}, "每月25日 17:00"),
]


@pytest.mark.parametrize(("form", "words"), CHOSEN)
def test_a_time_is_chosen_on_the_page(remind, qian, sign_in, form, words):
    address = reverse("schedule-edit", args=[remind.pk])
    browser = sign_in(qian)
    page = text(browser.post(address, form | {"enabled": "on"}, follow=True))
    assert f"“截止前提醒”已保存：{words}。" in page
    remind.refresh_from_db()
    assert rescheduling.say(remind) == words
    again = browser.get(address).context["form"]
    assert again["rhythm"].value() == form["rhythm"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"rhythm": "minutes", "n": "7"}, "n"),
        ({"rhythm": "hours", "n": "5", "at": "00:20"}, "n"),
        ({"rhythm": "minutes"}, "n"),
        ({"rhythm": "day"}, "at"),
        ({"rhythm": "day", "at": "25:00"}, "at"),
        ({"rhythm": "month", "at": "17:00"}, "day"),
        ({"rhythm": "month", "day": "31", "at": "17:00"}, "day"),
        ({"rhythm": "yearly", "at": "17:00"}, "rhythm"),
    ],
)
def test_a_time_that_is_none_is_refused_at_its_field(remind, qian, sign_in, form, field):
    answer = sign_in(qian).post(reverse("schedule-edit", args=[remind.pk]), form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    remind.refresh_from_db()
    assert rescheduling.say(remind) == "每天 09:00"


def test_a_schedule_is_switched_off(remind, qian, sign_in):
    form = {"rhythm": "day", "at": "09:00"}
    sign_in(qian).post(reverse("schedule-edit", args=[remind.pk]), form)
    remind.refresh_from_db()
    assert remind.enabled is False


def test_work_is_done_now(remind, qian, sign_in):
    browser = sign_in(qian)
    browser.post(reverse("schedule-run", args=[remind.pk]))
    queued = Job.objects.get()
    assert (queued.kind, queued.key) == ("remind-due", "截止前提醒")
    assert "排队" in text(browser.get(reverse("schedule-list")))
    assert AuditEntry.objects.latest("seq").act == "schedule.run"


def test_jobs_are_counted_and_found_by_state_and_kind(qian, sign_in):
    job(State.DEAD, "1", error="程序出错（ValueError），细节见系统日志。")
    job(State.DONE, "2")
    job(State.DONE, "3", kind=health.PING)
    browser = sign_in(qian)

    def found(**query):
        return {row.key for row in browser.get(reverse("job-list"), query).context["listing"]}

    assert found() == {"1", "2"}
    assert found(state="dead") == {"1"}
    assert found(kind="ping") == {"3"}
    page = text(browser.get(reverse("job-list")))
    assert "程序出错（ValueError），细节见系统日志。" in page
    assert page.count("重新办理") == 1
    counts = browser.get(reverse("job-list")).context["counts"]
    assert {one["state"].value: one["count"] for one in counts} == {
        "queued": 0, "running": 0, "dead": 1, "failed": 0,
    }  # fmt: skip


def test_the_page_says_whether_the_worker_lives(qian, sign_in):
    browser = sign_in(qian)
    assert "后台还没有回应过自检" in text(browser.get(reverse("job-list")))
    ping = services.claim(health.ping().pk)
    services.finish(ping)
    assert "后台正常" in text(browser.get(reverse("job-list")))
    Job.objects.update(finished=timezone.now() - 2 * health.STALE)
    assert "后台没有回应" in text(browser.get(reverse("job-list")))


def test_a_dead_job_is_tried_again_or_let_be(qian, sign_in):
    one, two = job(State.DEAD, "1"), job(State.DEAD, "2")
    browser = sign_in(qian)
    browser.post(reverse("job-revive", args=[one.pk]))
    browser.post(reverse("job-dismiss", args=[two.pk]))
    assert dict(Job.objects.values_list("key", "state")) == {"1": "queued", "2": "dismissed"}


def test_a_job_that_is_done_is_not_touched(qian, sign_in):
    done = job(State.DONE, "1")
    assert sign_in(qian).post(reverse("job-revive", args=[done.pk])).status_code == 409
    done.refresh_from_db()
    assert done.state == "done"


@pytest.mark.parametrize("act", ["job-revive", "job-dismiss"])
def test_nobody_else_settles_jobs(act, wang, sign_in):
    dead = job(State.DEAD, "1")
    assert sign_in(wang).post(reverse(act, args=[dead.pk])).status_code == 404


def test_lists_take_as_many_queries_for_three_rows_as_for_one(qian, sign_in):
    browser = sign_in(qian)

    def add(number):
        schedules.install(f"计划{number}", health.PING, f"{number} 1 * * *")
        job(State.DONE, f"计划{number}", kind=health.PING)
        job(State.DEAD, f"{number}")

    def queries(page):
        browser.get(reverse(page))
        with CaptureQueriesContext(connection) as seen:
            browser.get(reverse(page))
        return len(seen)

    add(1)
    before = queries("schedule-list"), queries("job-list")
    add(2)
    add(3)
    assert (queries("schedule-list"), queries("job-list")) == before
