"""The tags of every page."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import models
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tests.web.desk import SORTS
from tracker.templatetags.deadlines import Due, due
from tracker.templatetags.differences import pieces
from tracker.templatetags.shiji import TONE_OF
from tracker.workdays import Workdays

SHANGHAI = ZoneInfo("Asia/Shanghai")


def shown(text: str, **context) -> str:
    context.setdefault("request", RequestFactory().get("/?line=union&page=3"))
    return Template("{% load shiji %}" + text).render(Context(context))


class Colour(models.TextChoices):
    RETURNED = "returned", "已退回"
    UNKNOWN = "unheard-of", "未知"


def test_a_state_is_a_word_with_its_colour():
    assert shown("{% state it %}", it=Colour.RETURNED) == (
        '<span class="state state-orange">已退回</span>'
    )


def test_a_state_without_a_colour_is_grey():
    assert shown("{% state it %}", it=Colour.UNKNOWN) == (
        '<span class="state state-grey">未知</span>'
    )


def test_every_status_of_every_record_has_its_colour():
    statuses = {
        value
        for model in apps.get_models()
        if model._meta.app_label in {"tracker", "accounts"}
        for field in model._meta.fields
        if field.name in {"status", "state"} and field.choices
        for value, _ in field.flatchoices
    }
    assert statuses - set(TONE_OF) == set()


def test_an_icon_is_silent_unless_it_has_words():
    assert 'aria-hidden="true"' in shown('{% icon "check" %}')
    assert 'role="img" aria-label="关闭"' in shown('{% icon "x" "关闭" %}')


def test_every_form_has_another_key():
    assert shown("{% once %}") != shown("{% once %}")


class Sorted:
    sorts, sort = SORTS, "-name"


def test_a_heading_sorts_the_other_way_and_begins_at_the_first_page():
    found = shown('{% sort_head it "name" "名称" "num" %}', it=Sorted)
    assert '<th scope="col" class="num" aria-sort="descending">' in found
    assert 'href="?line=union&amp;sort=name"' in found
    other = shown('{% sort_head it "place" "区划" %}', it=Sorted)
    assert ("aria-sort" in other, 'href="?line=union&amp;sort=place"' in other) == (False, True)


def at(day: int, hour: int, month: int = 6) -> datetime.datetime:
    return datetime.datetime(2026, month, day, hour, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(10, 17), Due("今天 17:00", "soon")),
        (at(11, 9), Due("明天 09:00", "soon")),
        (at(12, 17), Due("6月12日（剩 2 个工作日）", "soon")),
        (at(15, 17), Due("6月15日（剩 3 个工作日）", "")),
        (at(10, 8), Due("今天 08:00 已截止", "over")),
        (at(7, 17), Due("已逾期 3 天", "over")),
    ],
)
def test_a_due_time_is_said_as_an_office_says_it(moment, said):
    assert due(moment, at(10, 14), Workdays()) == said


def test_a_year_whose_holidays_are_not_published_is_said_to_be_a_guess():
    far = datetime.datetime(2071, 1, 5, 17, tzinfo=SHANGHAI)
    said = due(far, far - datetime.timedelta(days=5), Workdays())
    assert said.words.endswith("该年放假安排未公布，按周末推算）")


def test_the_day_turns_over_in_shanghai():
    late = datetime.datetime(2026, 6, 10, 16, 30, tzinfo=datetime.UTC)
    assert due(at(11, 9), late, Workdays()).words == "今天 09:00"


@pytest.mark.django_db
def test_the_calendar_is_read_once_a_page(django_assert_num_queries):
    with django_assert_num_queries(1):
        shown("{% for day in days %}{% due day %}{% endfor %}", days=[at(1, 1), at(2, 2), at(3, 3)])


def test_without_a_due_time_it_is_open():
    assert shown("{% due none %}", none=None) == "未定"


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_gives_back_both_texts(old, new):
    found = pieces(old, new)
    assert "".join(text for kind, text in found if kind != "ins") == old
    assert "".join(text for kind, text in found if kind != "del") == new


def test_a_number_changes_as_a_whole():
    assert shown("{% diff old new %}", old="资助425人", new="资助430人").strip() == (
        '<p class="diff">资助<del>425</del><ins>430</ins>人</p>'
    )
