"""The pages of patterns: written with a check at the character, decided by another, without a script too."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.cast import employ
from tests.ledger.ground import Ground
from tracker.releases.models import PatternVersion
from tracker.releases.own_patterns import services as verbs
from tracker.releases.own_patterns.subjects import subject_of

GOOD = "{全域}共培训{农民工}[，同比{农民工.同比}]。"


@pytest.fixture
def wei(city_with_people, lead_office):
    """The lead office's second reviewer."""
    return employ(city_with_people, "wei", "魏", lead_office, "科长", "reviewer")


@pytest.fixture
def subject(approved, trained):
    return subject_of(trained.programme)


@pytest.fixture
def proposed(subject, city, wang):
    return verbs.propose(city, subject, GOOD, by=wang, note="与年报一致")


def edit(subject) -> str:
    return f"{reverse('pattern-edit')}?subject={subject.key}"


def body(answer) -> str:
    return html.unescape(answer.content.decode())


def field(answer) -> str:
    """What stands in the field of the text."""
    return re.search(r'name="source"[^>]*>([^<]*)</textarea>', answer.content.decode())[1]


def test_the_choice_offers_programmes_with_their_indicators(sign_in, wang, subject, trained):
    text = body(sign_in(wang).get(reverse("pattern-edit")))
    assert f'value="{subject.key}">项目：提升素质行动' in text
    assert f'value="i{trained.pk}">指标：农民工' in text


def test_the_page_offers_slots_as_buttons(sign_in, wang, subject):
    text = body(sign_in(wang).get(edit(subject)))
    assert 'name="insert" value="{农民工}"' in text
    assert 'name="insert" value="{截至}"' in text
    assert 'name="insert" value=".同比"' in text


def test_without_a_text_the_default_is_shown_on_the_newest_figures(sign_in, wang, subject):
    text = body(sign_in(wang).get(edit(subject)))
    assert "没有写句式，用系统默认的说法" in text
    assert "3221人次" in text


def test_a_check_shows_the_sentence_with_the_approved_figures(sign_in, wang, subject):
    answer = sign_in(wang).post(edit(subject), {"source": GOOD, "act": "check"})
    text = body(answer)
    assert answer.status_code == 200
    assert "2026年6月，全市共培训<mark>3221人次</mark>。" in text
    assert "系统默认的说法" in text
    assert PatternVersion.objects.count() == 0


@pytest.mark.parametrize("act", ["check", "propose"])
def test_a_fault_is_named_at_its_character_and_nothing_typed_is_lost(sign_in, wang, subject, act):
    typed = "共培训近{农民工}。"
    answer = sign_in(wang).post(edit(subject), {"source": typed, "note": "试试", "act": act})
    text = body(answer)
    assert answer.status_code == 422
    assert "第5个字符：“3221人次”写在这里会被读成另一个数" in text
    assert 'data-at="4"' in text
    assert "共培训近<mark>{</mark>农民工}。" in text
    assert field(answer) == typed
    assert 'value="试试"' in text
    assert PatternVersion.objects.count() == 0


def test_blanks_before_the_text_are_counted(sign_in, wang, subject):
    text = body(sign_in(wang).post(edit(subject), {"source": "  共培训{工人}。", "act": "check"}))
    assert "第7个字符：没有名为“工人”的指标或要素" in text


def test_the_rules_of_wording_are_asked(sign_in, wang, subject):
    text = body(sign_in(wang).post(edit(subject), {"source": "截止目前,共培训{农民工}。"}))
    assert "截止目前" in re.search(r"pattern-preview.*?</section>", text, re.S)[0]
    assert "行文规则没有发现问题" not in text


def test_the_newest_period_with_something_to_say_is_shown(
    sign_in, wang, subject, trained, city_with_people
):
    """Of July one end of a range is known, which says nothing."""
    Ground(city_with_people).say(trained, "2026-07", 12, qualifier="区间下限")
    browser = sign_in(wang)
    assert "2026年6月的数成句如下" in body(browser.post(edit(subject), {"source": GOOD}))
    text = body(browser.post(edit(subject), {"source": GOOD, "period": "2026-07"}))
    assert "这一期没有可写的数" in text


def test_a_hint_is_told_once_for_all_variants(sign_in, wang, subject):
    answer = sign_in(wang).post(edit(subject), {"source": "截止目前，<共|已>培训{农民工}。"})
    assert body(answer).count("时间点用截至") == 1


def test_why_a_pattern_is_not_used_is_said_in_the_preview(sign_in, wang, subject):
    text = body(sign_in(wang).post(edit(subject), {"source": "培训{农民工}，同比{农民工.同比}。"}))
    assert "“{农民工.同比}”没有可以计算的依据。已用系统默认句式。" in text


def test_while_typing_only_the_check_is_fetched(sign_in, wang, subject):
    answer = sign_in(wang).post(
        edit(subject), {"source": "共培训{"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert "<html" not in body(answer)
    assert "第4个字符：“{”没有配对的“}”" in body(answer)


@pytest.mark.parametrize(
    ("typed", "piece", "after"),
    [
        ("共培训", "{农民工}", "共培训{农民工}"),
        ("共培训{农民工}", ".同比", "共培训{农民工.同比}"),
        ("共培训", ".同比", "共培训.同比"),
    ],
)
def test_without_a_script_a_button_puts_its_slot_at_the_end(
    sign_in, wang, subject, typed, piece, after
):
    answer = sign_in(wang).post(edit(subject), {"source": typed, "insert": piece})
    assert field(answer) == after
    assert PatternVersion.objects.count() == 0


def test_a_proposal_leads_to_its_page(sign_in, wang, subject):
    answer = sign_in(wang).post(edit(subject), {"source": GOOD, "act": "propose", "seen": "0"})
    made = PatternVersion.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert (made.source, made.by) == (GOOD, wang)


def test_a_refusal_stands_over_the_form_that_keeps_what_was_typed(sign_in, wu, subject, proposed):
    answer = sign_in(wu).post(edit(subject), {"source": "共培训{农民工}。", "act": "propose"})
    assert answer.status_code == 422
    assert "第1版正在等待审定" in body(answer)
    assert field(answer) == "共培训{农民工}。"


def test_the_second_person_finds_it_in_the_queue_and_approves(sign_in, wei, subject, proposed):
    browser = sign_in(wei)
    assert "请您审定" in body(browser.get(reverse("pattern-list")))
    text = body(browser.get(proposed.get_absolute_url()))
    assert "3221人次" in text
    assert "同意启用" in text
    answer = browser.post(reverse("pattern-decide", args=[proposed.pk]), {"approves": "yes"})
    assert answer.status_code == 302
    assert "请您审定" not in body(browser.get(reverse("pattern-list")))
    assert verbs.standing_of(subject, proposed.region) == proposed


def test_who_proposed_sees_why_not_and_may_take_it_back(sign_in, wang, proposed):
    browser = sign_in(wang)
    text = body(browser.get(proposed.get_absolute_url()))
    assert "不能审定本人拟订的句式" in text
    assert "同意启用" not in text
    decided = browser.post(reverse("pattern-decide", args=[proposed.pk]), {"approves": "yes"})
    assert decided.status_code == 409
    assert browser.post(reverse("pattern-withdraw", args=[proposed.pk])).status_code == 302
    assert PatternVersion.objects.get().decision.outcome == "withdrawn"


def test_no_without_a_reason_keeps_the_page(sign_in, wei, proposed):
    url = reverse("pattern-decide", args=[proposed.pk])
    answer = sign_in(wei).post(url, {"approves": "no", "answer": ""})
    assert answer.status_code == 422
    assert "不同意请写明原因" in body(answer)
    assert sign_in(wei).post(url, {"approves": "no", "answer": "缺时段"}).status_code == 302
    assert "意见：缺时段" in body(sign_in(wei).get(proposed.get_absolute_url()))


def test_an_earlier_version_is_the_start_of_a_new_one(sign_in, wei, wang, city, subject, proposed):
    verbs.approve(proposed, by=wei)
    verbs.approve(verbs.propose(city, subject, "共培训{农民工}。", by=wei), by=wang)
    page = sign_in(wang).get(edit(subject))
    assert field(page) == "共培训{农民工}。"
    back = f"{edit(subject)}&from={proposed.pk}"
    assert html.escape(back) in page.content.decode()
    again = sign_in(wang).get(back)
    assert field(again) == GOOD
    assert 'value="恢复第1版"' in body(again)


def test_a_version_of_another_subject_is_no_start(sign_in, wang, li, subject, proposed):
    other = factories.indicator(li, "讲座", programme_=factories.programme("union", "宣讲"))
    url = f"{reverse('pattern-edit')}?subject=i{other.pk}&from={proposed.pk}"
    assert sign_in(wang).get(url).status_code == 404


@pytest.mark.parametrize("key", ["x1", "p", "p0", "p999999", "i²", "p1e"])
def test_a_subject_that_is_none_is_not_found(sign_in, wang, subject, key):
    assert sign_in(wang).get(f"{reverse('pattern-edit')}?subject={key}").status_code == 404


@pytest.mark.parametrize("who", ["li", "zhang", "sun", "zheng", "qian", "zhou"])
def test_others_have_no_such_page(sign_in, city_with_people, subject, proposed, who):
    browser = sign_in(city_with_people.people[who])
    for url in (reverse("pattern-list"), edit(subject), proposed.get_absolute_url()):
        assert browser.get(url).status_code == 404
    assert browser.post(reverse("pattern-decide", args=[proposed.pk])).status_code == 404


def test_the_auditor_reads_the_words_and_no_figures(sign_in, zhao, proposed):
    browser = sign_in(zhao)
    assert GOOD in body(browser.get(proposed.get_absolute_url()))
    assert "3221" not in body(browser.get(proposed.get_absolute_url()))
    assert "等待审定" in body(browser.get(reverse("pattern-list")))


def test_the_jump_box_finds_what_holds(sign_in, wei, proposed):
    url = f"{reverse('jump')}?q=提升素质"
    assert "的句式" not in body(sign_in(wei).get(url))
    verbs.approve(proposed, by=wei)
    assert "提升素质行动的句式" in body(sign_in(wei).get(url))


def test_the_ways_lead_here(sign_in, wang, trained, subject):
    browser, list_ = sign_in(wang), reverse("pattern-list")
    assert f'href="{list_}"' in body(browser.get(reverse("release-list")))
    assert f'href="{list_}"' in body(browser.get(reverse("catalogue")))
    page = browser.get(reverse("indicator", args=[trained.pk]))
    assert f"subject=i{trained.pk}" in body(page)
    page = browser.get(reverse("programme-edit", args=[trained.programme_id]))
    assert f"subject=p{trained.programme_id}" in body(page)


def questions(browser, url) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


def test_three_patterns_cost_as_many_questions_as_one(
    sign_in, wang, wei, li, city, subject, proposed
):
    verbs.approve(proposed, by=wei)

    def another(name, decided):
        home = factories.programme("union", name)
        factories.indicator(li, f"{name}人数", programme_=home)
        made = verbs.propose(city, subject_of(home), f"共有{{{name}人数}}。", by=wang)
        return verbs.approve(made, by=wei) if decided else made

    another("甲", False)
    browser, url = sign_in(wei), reverse("pattern-list")
    one = questions(browser, url)
    for name in "乙丙":
        another(name, True)
    for name in "丁戊":
        another(name, False)
    assert questions(browser, url) == one
