"""Notices: told once, to whom it concerns, without a figure, and read by its recipient alone."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError

from accounts.models import User
from tracker import jobs, notices
from tracker.notices.models import Kind, Notice
from tracker.notices.wording import NAMES

pytestmark = pytest.mark.django_db

WORDS = {
    "round": "2026年3月月报",
    "agency": "济南市总工会",
    "due": date(2026, 4, 3),
    "person": "李某",
    "reason": "口径不符",
    "release": "第一季度发布会会前材料",
    "count": 2,
    "days": 2,
}


@pytest.fixture
def people():
    return [User.objects.create_user(name, None, name=name) for name in ("li", "zhang", "sun")]


@pytest.fixture
def record():
    """Anything that a notice may be about."""
    return jobs.enqueue("note", key="round-1")


def tell(people, record, kind=Kind.APPROVED, **words):
    notices.notify(people, kind, about=record, link="/submissions/1/", **WORDS | words)


def told():
    return list(Notice.objects.order_by("recipient").values_list("recipient__username", "kind"))


def test_each_is_told_once_however_often_it_is_said(people, record):
    tell(people[:2], record)
    tell([*people[:2], people[0]], record)
    assert told() == [("li", "approved"), ("zhang", "approved")]


def test_another_occasion_is_said_again(people, record):
    tell(people[:1], record, kind=Kind.RETURNED, occasion=2)
    tell(people[:1], record, kind=Kind.RETURNED, occasion=4)
    assert told() == [("li", "returned")] * 2


def test_title_and_text_come_from_the_template(people, record):
    tell(people[:1], record)
    notice = Notice.objects.get()
    assert str(notice) == notice.title == "2026年3月月报已核定"
    assert notice.text == "济南市总工会“2026年3月月报”的材料已经核定，数据已入库。"
    assert notice.link == "/submissions/1/"
    assert list(Notice.objects.about(record)) == [notice]


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_has_a_template_that_uses_only_plain_words(people, record, kind):
    tell(people[:1], record, kind=kind)
    notice = Notice.objects.get()
    assert "" not in (notice.title, notice.text)
    assert re.search(r"[A-Za-z{}]", notice.title + notice.text) is None


def test_every_template_belongs_to_a_kind():
    folder = settings.BASE_DIR / "templates" / "notices"
    assert sorted(path.stem for path in folder.glob("*.txt")) == sorted(Kind.values)


def test_no_template_asks_for_a_figure():
    """The words that may fill a notice are a closed list, and a value is not on it."""
    folder, asked = settings.BASE_DIR / "templates" / "notices", set()
    for path in folder.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "{{" not in text
        assert "{%" not in text
        asked |= set(re.findall(r"{(\w+)}", text))
    assert sorted(asked) == sorted(NAMES.values())


def test_words_are_text_and_not_markup(people, record):
    tell(people[:1], record, agency="A<b>&B")
    assert Notice.objects.get().text.startswith("A<b>&B“")


def test_an_unknown_kind_is_an_error(people, record):
    with pytest.raises(ValueError, match="gossip"):
        tell(people, record, kind="gossip")


def test_only_the_recipient_sees_and_reads_it(people, record):
    li, _, sun = people
    tell([li], record)
    notice = Notice.objects.visible_to(li).get()
    assert list(Notice.objects.visible_to(sun)) == []
    notices.mark_read(notice, by=sun)
    assert notices.unread(li).count() == 1
    notices.mark_read(notice, by=li)
    assert (notices.unread(li).count(), notices.unread(sun).count()) == (0, 0)


def test_the_first_reading_is_remembered(people, record):
    tell(people[:1], record)
    notice = Notice.objects.get()
    notices.mark_read(notice, by=people[0])
    first = Notice.objects.get().read_at
    notices.mark_read(notice, by=people[0])
    assert Notice.objects.get().read_at == first


def test_marking_all_read_leaves_the_others_alone(people, record):
    li, zhang, _ = people
    for occasion in range(3):
        tell([li, zhang], record, occasion=occasion)
    assert notices.mark_all_read(by=li) == 3
    assert (notices.unread(li).count(), notices.unread(zhang).count()) == (0, 3)


@pytest.mark.parametrize("link", ["https://elsewhere.example/", "//elsewhere.example/", "x"])
def test_a_link_leads_nowhere_else(people, record, link):
    notice = Notice(recipient=people[0], kind=Kind.OPENED, title="x", text="x", link=link)
    notice.target_type, notice.target_id, notice.created = "job", record.pk, record.created
    with pytest.raises(IntegrityError):
        notice.save()


def test_telling_one_takes_as_many_queries_as_telling_three(
    people, record, django_assert_num_queries
):
    with django_assert_num_queries(3):
        tell(people[:1], record)
    with django_assert_num_queries(3):
        tell(people, record, occasion="again")


def test_what_is_settled_is_read_and_nothing_else(people, record):
    tell(people[:2], record, kind=Kind.DUE_SOON)
    tell(people[:1], record, kind=Kind.RETURNED)
    other = jobs.enqueue("note", key="round-2")
    notices.notify(people[:1], Kind.DUE_SOON, about=other, link="/x/", **WORDS)
    notices.settle(record, [Kind.DUE_SOON, Kind.OVERDUE])
    unread = Notice.objects.unread().order_by("pk").values_list("kind", "target_id")
    assert list(unread) == [("returned", record.pk), ("due-soon", other.pk)]
