"""R4 on the pages of what is set: A opens, B saves, A saves; A sees both, and B's is not overwritten."""

import re
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import reverse
from django_celery_beat.models import PeriodicTask

from accounts.services import save_line
from tests.web.test_shown import typed
from tracker import tasks
from tracker.notices.channels import save_channel
from tracker.notices.models import Kind, WordingVersion
from tracker.notices.wording import pattern_of
from tracker.releases.models import ReleasePlan
from tracker.releases.planning import save_plan
from tracker.web import shown

ANEW = re.compile(r'<textarea name="shown" hidden>([0-9a-f]{16})<')


class Case(NamedTuple):
    """Who edits what, where; the field that both change, each in their own way, as the page says it."""

    user: str
    route: str
    args: tuple
    field: str
    hers: str
    mine: str
    said: tuple[str, str] = ()
    page: str = ""
    form: str = "form"


CASES = {
    "a plan": Case("wang", "plan-edit", ("plan",), "name", "她的简报", "我的简报"),
    "when a plan compiles": Case(
        "wang", "plan-edit", ("plan",), "on_missing", "run", "skip",
        ("照常汇编并注明缺项", "跳过本期"),
    ),
    "what a plan sets": Case("wang", "plan-edit", ("plan",), "要素-报", "她的", "我的"),
    "a channel": Case("wang", "channel-edit", ("channel",), "name", "她的邮件", "我的邮件"),
    "quiet hours": Case("wang", "notice-manner", (), "gather_minutes", "17", "23"),
    "the words of a notice": Case("wang", "notice-word", ("kind",), "title", "她的{单位}", "我的{单位}"),
    "a line": Case("qian", "line-edit", ("line",), "name", "她的线", "我的线"),
    "a schedule": Case("qian", "schedule-edit", ("schedule",), "at", "08:15", "07:45"),
    "the chain of a genre": Case(
        "wang", "chain-edit", ("genre",), "readings", "0", "3", ("不核稿", "三次（三审）")
    ),
    "names of an agency": Case(
        "qian", "agency-rename", ("union",), "short_name", "她的", "我的", (),
        "agency-page", "rename_form",
    ),
    "the line of an agency": Case(
        "qian", "agency-edit", ("union",), "line", "{her_line}", "{line}", ("她的条线", "我的条线"),
        "agency-page", "edit_form",
    ),
    "the superior of an agency": Case(
        "qian", "agency-move", ("union",), "superior", "{league}", "{lead_office}",
        ("{league}", "{lead_office}"), "agency-page", "move_form",
    ),
}  # fmt: skip


@pytest.fixture
def plan(city, wang):
    made = ReleasePlan(name="每月简报", genre="brief", region=city, when_complete=False)
    return save_plan(made, [], {"报": "市委"}, by=wang)


@pytest.fixture
def channel(wang):
    return save_channel(None, service="mail", name="邮件", kinds=[], active=True, by=wang)


@pytest.fixture
def schedule(city_with_people):
    tasks.install_schedules()
    return PeriodicTask.objects.get(name="截止前提醒")


@pytest.fixture
def line(qian):
    return save_line(None, name="我的条线", by=qian)


@pytest.fixture
def her_line(qian):
    return save_line(None, name="她的条线", by=qian)


@pytest.fixture
def kind():
    return Kind.OVERDUE.value


@pytest.fixture
def genre():
    return "brief"


class Two:
    """One person at two windows, with the same page open in both."""

    def __init__(self, case: Case, thing):
        def named(name):
            found = thing(name)
            return getattr(found, "pk", found)

        def filled(word, said):
            return said(word[1:-1]) if word[:1] + word[-1:] == "{}" else word

        args = [named(name) for name in case.args]
        self.case, self.address = case, reverse(case.route, args=args)
        self.page = reverse(case.page, args=args) if case.page else self.address
        self.words = [
            filled(word, lambda name: str(named(name))) for word in (case.hers, case.mine)
        ]
        self.said = [
            filled(word, lambda name: str(thing(name))) for word in case.said or self.words
        ]
        self.browser, self.colleague = Client(), Client()
        for one in (self.browser, self.colleague):
            one.force_login(thing(case.user), backend="django.contrib.auth.backends.ModelBackend")

    def look(self) -> dict:
        return typed(self.browser.get(self.page), self.case.form)

    def now(self) -> str:
        return str(self.look()[self.case.field])

    def save(self, opened: dict, word: str, **more):
        return self.browser.post(self.address, opened | {self.case.field: word} | more)

    def overtake(self) -> dict:
        """What I had open when my colleague saved."""
        opened, [hers, _] = self.look(), self.words
        theirs = typed(self.colleague.get(self.page), self.case.form)
        saved = self.colleague.post(self.address, theirs | {self.case.field: hers})
        assert saved.status_code == 302, saved.context[self.case.form].errors
        return opened


@pytest.fixture
def two(request):
    return Two(request.param, request.getfixturevalue)


every = pytest.mark.parametrize("two", CASES.values(), ids=CASES, indirect=True)


@every
def test_the_second_sees_both_and_overwrites_nothing(two):
    opened, mine = two.overtake(), two.words[1]
    stands = two.now()
    answer = two.save(opened, mine)
    page = answer.content.decode()
    for said in two.said:
        assert said in re.sub(r"</?(ins|del)>", "", page), said
    assert (answer.status_code, two.now()) == (409, stands)


@every
def test_nothing_typed_is_lost(two):
    opened, mine = two.overtake(), two.words[1]
    before = two.now()
    [anew] = ANEW.findall(two.save(opened, mine).content.decode())
    assert two.save(opened, mine, shown=anew).status_code == 302
    assert (two.now() == before, two.now().startswith(mine)) == (False, True)


@pytest.mark.parametrize("two", [CASES["a schedule"]], indirect=True)
def test_a_page_that_does_not_look_again_is_seen(two, monkeypatch):
    """Planted: what was shown is always the same."""
    monkeypatch.setattr(shown, "digest_of", lambda standing: "0" * 16)
    opened, [_, mine] = two.overtake(), two.words
    assert two.save(opened, mine).status_code == 302
    assert two.now().startswith(mine)


def test_the_ladder_is_one_page_and_one_look(wang):
    browser, colleague = Client(), Client()
    for one in (browser, colleague):
        one.force_login(wang, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("chase-ladder")

    def look(one):
        page = one.get(address)
        rungs = {
            form.add_prefix(name): form[name].value()
            for form in page.context["rungs"]
            for name in form.fields
            if form[name].value()
        }
        return rungs | {"shown": page.context["shown"]}

    opened = look(browser)
    assert colleague.post(address, look(colleague) | {"overdue-days": 7}).status_code == 302
    answer = browser.post(address, opened | {"due-soon-days": 9})
    page = answer.content.decode()
    assert (answer.status_code, look(browser)["overdue-days"]) == (409, 7)
    assert "“逾期未报”的工作日数" in page
    [anew] = ANEW.findall(page)
    assert browser.post(address, opened | {"due-soon-days": 9, "shown": anew}).status_code == 302
    after = look(browser)
    assert (after["due-soon-days"], after["overdue-days"]) == (9, opened["overdue-days"])


def test_a_robot_that_was_moved_meanwhile_is_not_moved_back(wang, chat):
    robot = save_channel(
        None, service="wecom", name="群", kinds=[], active=True, address=chat.url + "/a", by=wang
    )
    two = Two(Case("wang", "channel-edit", ("robot",), "address", chat.url + "/b", chat.url + "/c"),
              {"robot": robot, "wang": wang}.get)  # fmt: skip
    opened = two.overtake()
    answer = two.save(opened, two.words[1])
    robot.refresh_from_db()
    assert (answer.status_code, robot.address) == (409, chat.url + "/b")
    page = answer.content.decode()
    assert (shown.HIDDEN in page, chat.url + "/b" in page) == (True, False)


def test_words_somebody_changed_meanwhile_are_not_set_back(wang, kind):
    two = Two(CASES["the words of a notice"], {"kind": kind, "wang": wang}.get)
    opened = two.overtake()
    reset = reverse("notice-word-reset", args=[kind])
    assert two.browser.post(reset, {"shown": opened["shown"]}).status_code == 409
    assert pattern_of(kind).title == two.words[0]
    assert two.browser.post(reset, {"shown": two.look()["shown"]}).status_code == 302
    assert WordingVersion.objects.filter(kind=kind).count() == 2


def test_an_earlier_version_is_taken_back_onto_what_stands_now(wang, kind):
    two = Two(CASES["the words of a notice"], {"kind": kind, "wang": wang}.get)
    two.overtake()
    two.save(two.look(), "第二版{单位}")
    earlier = typed(two.browser.get(f"{two.address}?version=1"))
    assert earlier["title"] == two.words[0]
    assert two.browser.post(two.address, earlier).status_code == 302
    assert pattern_of(kind).title == two.words[0]
