"""The words of a notice, as the product has them and as a city writes them itself."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.rules import Refused
from tracker import jobs, notices
from tracker.notices.models import Notice, Wording, WordingVersion
from tracker.notices.wording import (
    Pattern,
    default_of,
    outside,
    pattern_of,
    problem_with,
    reset_wording,
    save_wording,
)

WORDS = {"agency": "市总工会", "round": "6月月报", "due": "7月5日17:00", "days": 2}


def test_words_stand_where_their_names_stood():
    title, text = Pattern("{期次}将截止", "{单位}请在{截止时间}前报送，还剩{天数}天。").fill(WORDS)
    assert (title, text) == ("6月月报将截止", "市总工会请在7月5日17:00前报送，还剩2天。")


@pytest.mark.parametrize(
    ("words", "text"), [({"reason": "口径不符"}, "已退回，原因：口径不符"), ({}, "已退回")]
)
def test_what_stands_in_brackets_goes_with_its_word(words, text):
    assert Pattern("", "已退回[，原因：{原因}]").fill(words)[1] == text


def test_a_word_is_never_read_as_a_pattern():
    assert Pattern("", "{单位}[{原因}]").fill({"agency": "{原因}[x]", "reason": "{单位}"})[1] == (
        "{原因}[x]{单位}"
    )


@pytest.mark.parametrize("hostile", ["{{ 7*7 }}", "{% load x %}", "{0.__class__}", "${7*7}", "%s"])
def test_nothing_in_the_words_is_executed(hostile):
    assert Pattern("", "{单位}").fill({"agency": hostile})[1] == hostile


def test_a_title_is_one_line():
    assert Pattern("{单位}已报送", "").fill({"agency": "市\r\nBcc: x"})[0] == "市 Bcc: x已报送"


def test_a_reason_does_not_leave_the_product():
    assert outside(WORDS | {"reason": "425应为430"}) == WORDS


@pytest.mark.django_db
def test_a_city_writes_its_own_words_and_takes_them_back(wang, li):
    save_wording("due-soon", "{期次}快到期", "{单位}抓紧报送。", by=wang)
    record = jobs.enqueue("note", key="x")
    notices.notify([li], "due-soon", about=record, link="/x/", **WORDS)
    assert [(one.title, one.text) for one in Notice.objects.all()] == [
        ("6月月报快到期", "市总工会抓紧报送。")
    ]
    reset_wording("due-soon", by=wang)
    assert pattern_of("due-soon").title == "{单位}：{期次}即将截止"
    acts = AuditEntry.objects.filter(act__startswith="notice.").order_by("seq")
    assert list(acts.values_list("act", flat=True)) == ["notice.word", "notice.unword"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{姓名}请报送", "“{姓名}”不能用在这里，可以用的有：{单位}、{天数}、{截止时间}、{期次}。"),
        ("{单位请报送", "花括号或方括号没有成对，请改正。"),
        ("[请报送", "花括号或方括号没有成对，请改正。"),
        ("已筹集1302万元，请报送", "通知文字会发到单位以外，不能写具体数据。"),
        ("{单位}请尽快报送[，还剩{天数}天]", ""),
    ],
)
def test_words_that_cannot_be_used_say_why(text, reason):
    assert problem_with("due-soon", "{期次}", text) == reason


@pytest.mark.django_db
def test_words_that_cannot_be_used_are_not_kept(wang):
    with pytest.raises(ValueError, match="不能用在这里"):
        save_wording("due-soon", "{期次}", "{密码}", by=wang)
    assert Wording.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["li", "wu", "zhao", "zhou"])
def test_only_who_keeps_notices_writes_them(city_with_people, who):
    with pytest.raises(Refused):
        save_wording("due-soon", "x", "y", by=city_with_people.people[who])


@pytest.mark.django_db
def test_every_version_of_the_words_is_kept_and_can_be_taken_back(wang, sign_in):
    page = reverse("notice-word", args=["due-soon"])
    browser = sign_in(wang)
    for title in ("{期次}快到期", "{期次}要到期"):
        browser.post(page, {"title": title, "text": "请抓紧。"})
    browser.post(reverse("notice-word-reset", args=["due-soon"]))
    kept = WordingVersion.objects.order_by("number").values_list("number", "title", "is_own")
    assert list(kept) == [
        (1, "{期次}快到期", True),
        (2, "{期次}要到期", True),
        (3, default_of("due-soon").title, False),
    ]
    answer = browser.get(page, {"version": "1"})
    assert answer.context["form"]["title"].value() == "{期次}快到期"
    assert "恢复系统文字" in answer.content.decode()
    browser.post(page, {"title": "{期次}快到期", "text": "请抓紧。"})
    assert pattern_of("due-soon").title == "{期次}快到期"
    assert WordingVersion.objects.count() == 4
