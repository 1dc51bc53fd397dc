"""The lead office's documents, as its people use them."""

import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.releases.walking import ready, step
from tracker.jobs.models import Job
from tracker.ledger.models import Entry
from tracker.releases.compiling import compile_release
from tracker.releases.drafting.keeping import keep
from tracker.releases.drafting.page import page_of
from tracker.releases.models import Release, ReleasePlan
from tracker.releases.recording import document_of
from tracker.review.services import reopen


def text(answer) -> str:
    return answer.content.decode()


def test_an_editor_compiles_from_the_page_and_reads_the_draft(approved, city, wu, sign_in):
    browser = sign_in(wu)
    form = {"genre": "brief", "region": city.pk, "period": "2026-06", "要素-主题": "职工帮扶工作"}
    answer = browser.post(reverse("release-compile"), form)
    release = Release.objects.get()
    assert answer["Location"] == release.get_absolute_url()
    page = text(browser.get(release.get_absolute_url()))
    assert "3221人次" in page
    assert "1/1 已写入" in page


def test_nothing_approved_is_said_on_the_form_and_keeps_what_was_typed(june, city, wu, sign_in):
    form = {"genre": "brief", "region": city.pk, "period": "2026-06", "要素-主题": "职工帮扶工作"}
    answer = sign_in(wu).post(reverse("release-compile"), form)
    assert answer.status_code == 422
    assert 'value="职工帮扶工作"' in text(answer)
    assert Release.objects.count() == 0


def test_a_period_that_is_none_is_refused_in_words(city, wu, sign_in):
    form = {"genre": "brief", "region": city.pk, "period": "去年"}
    answer = sign_in(wu).post(reverse("release-compile"), form)
    assert answer.status_code == 422
    assert answer.context["form"].errors["period"]


def test_a_click_on_a_figure_says_who_reported_and_who_approved_it(draft, wu, sign_in):
    browser = sign_in(wu)
    key = re.search(r'data-fact="([^"]+)"', text(browser.get(draft.get_absolute_url())))[1]
    part = text(browser.get(reverse("release-figure", args=[draft.pk, 1, key])))
    for words in ("3221", "济南市总工会", "李", "张", "王"):
        assert words in part
    assert browser.get(reverse("release-figure", args=[draft.pk, 1, "none"])).status_code == 404


def test_the_provenance_table_holds_every_figure(draft, wu, sign_in):
    answer = sign_in(wu).get(reverse("release-provenance", args=[draft.pk, 1]))
    assert [row["surface"] for row in answer.context["rows"]] == ["3221人次"]


@pytest.mark.parametrize("ending", ["docx", "pdf", "md", "html", "txt", "json", "xlsx"])
def test_every_file_can_be_fetched(draft, wu, sign_in, ending):
    answer = sign_in(wu).get(reverse("release-file", args=[draft.pk, 1, ending]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert len(b"".join(answer.streaming_content)) > 100


def test_an_unknown_ending_is_not_found(draft, wu, sign_in):
    assert sign_in(wu).get(reverse("release-file", args=[draft.pk, 1, "exe"])).status_code == 404


def test_the_issuer_issues_and_the_files_are_frozen(draft, city_with_people, zheng, sun, sign_in):
    draft = ready(draft, city_with_people.people)
    assert sign_in(sun).get(draft.get_absolute_url()).status_code == 404
    browser = sign_in(zheng)
    browser.post(reverse("release-issue", args=[draft.pk]), {"version": draft.version, "note": ""})
    draft.refresh_from_db()
    assert draft.status == "issued"
    assert "文件校验" in text(browser.get(draft.get_absolute_url()))
    assert sign_in(sun).get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", ["wu", "wang"])
def test_nobody_without_the_role_issues(draft, who, sign_in, request):
    browser = sign_in(request.getfixturevalue(who))
    answer = browser.post(reverse("release-issue", args=[draft.pk]), {"version": draft.version})
    draft.refresh_from_db()
    assert (answer.status_code, draft.status) in [(302, "draft"), (409, "draft")]


def test_a_draft_whose_figure_was_reopened_can_not_be_issued_and_says_which(
    draft, approved, wang, zheng, sign_in
):
    reopen(approved, by=wang, version=approved.version, note="数据有误")
    browser = sign_in(zheng)
    page = text(browser.get(draft.get_absolute_url()))
    assert "已被更正、停用或作废" in page
    browser.post(reverse("release-issue", args=[draft.pk]), {"version": draft.version})
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert Entry.objects.current().count() == 0


def test_a_plan_is_made_and_run_from_the_page(june, city, wu, sign_in):
    browser = sign_in(wu)
    form = {
        "name": "每月简报", "genre": "brief", "region": city.pk, "cycle": june.cycle_id,
        "when_complete": "on", "on_missing": "wait", "active": "on", "要素-主题": "帮扶工作",
    }  # fmt: skip
    browser.post(reverse("plan-add"), form)
    plan = ReleasePlan.objects.get()
    assert plan.settings == {"主题": "帮扶工作"}
    browser.post(reverse("plan-run", args=[plan.pk]))
    run = plan.runs.get()
    assert (run.cause, run.asked_by, run.state) == ("hand", wu, "queued")
    assert Job.objects.filter(kind="compile-plan", key=f"run:{run.pk}", pk=run.job).count() == 1
    assert "每月简报" in text(browser.get(reverse("plan-list")))


@pytest.mark.parametrize("name", ["release-list", "release-compile", "plan-list", "plan-add"])
def test_the_pages_open_for_the_lead_office(name, wu, sign_in):
    assert sign_in(wu).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("who", ["li", "sun", "qian", "zhou"])
def test_a_draft_is_unseen_outside_the_lead_office(draft, who, sign_in, request):
    browser = sign_in(request.getfixturevalue(who))
    for address in (
        draft.get_absolute_url(),
        reverse("release-provenance", args=[draft.pk, 1]),
        reverse("release-file", args=[draft.pk, 1, "docx"]),
    ):
        assert browser.get(address).status_code == 404


def test_the_list_asks_the_same_number_of_questions_for_one_and_three(
    draft, approved, city, wang, wu, sign_in, django_assert_num_queries
):
    browser = sign_in(wu)
    browser.get(reverse("release-list"))
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("release-list"))
    for _ in range(2):
        compile_release("简报", city, approved.round.span, by=wang)
    with django_assert_num_queries(len(one)):
        browser.get(reverse("release-list"))


def test_open_slots_are_counted_before_anybody_signs(approved, city, wu, sign_in):
    browser = sign_in(wu)
    release = compile_release("通稿", city, approved.round.span, by=wu)
    page = browser.get(release.get_absolute_url())
    assert [slot.words for slot in page.context["open_slots"]] == ["【待补：发布日期】"]
    assert "文稿里还有 1 处待补，补齐或删去后才能签发" in text(page)
    assert reverse("release-edit", args=[release.pk]) in text(page)


def test_what_is_open_in_the_frame_is_told_with_the_slots(approved, city, wu, sign_in):
    release = compile_release("简报", city, approved.round.span, by=wu)
    page = sign_in(wu).get(release.get_absolute_url())
    assert page.context["open_frame"] == ("报：【待补】", "送：【待补】", "发：【待补】")
    assert "签发时填写" in text(page)


def test_another_genre_keeps_what_was_typed_and_there_is_one_choice_of_it(city, wu, sign_in):
    form = {
        "genre": "brief", "to": "special_report", "region": city.pk, "period": "2026-06",
        "要素-主题": "职工帮扶工作", "要素-发": "各区县",
    }  # fmt: skip
    answer = sign_in(wu).post(reverse("release-compile"), form)
    page = text(answer)
    assert (answer.status_code, answer.context["folder"]) == (200, "special_report")
    assert 'value="职工帮扶工作"' in page
    assert 'value="2026-06"' in page
    assert page.count('name="genre"') == 1
    assert answer.context["form"]["genre"].is_hidden
    assert Release.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("要素-日期", "去年夏天", "“去年夏天”不是日期，请写成2021年4月16日或2021-04-16。"),
        ("要素-份数", "若干", "请填份数，如：50。"),
        ("要素-期号", "最新", "请填期号，如：12，或留空由系统编定。"),
    ],
)
def test_what_is_wrong_with_a_setting_stands_at_its_field(
    approved, city, wu, sign_in, name, typed, said
):
    form = {"genre": "brief", "region": city.pk, "period": "2026-06", name: typed}
    answer = sign_in(wu).post(reverse("release-compile"), form)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {name: [said]}
    assert f'value="{typed}"' in text(answer)


def test_a_file_is_called_by_both_lines_of_its_title_apart(approved, city, wu, sign_in):
    settings = {"主题": "民生实事见成效", "日期": "2026年7月1日"}
    release = compile_release("通稿", city, approved.round.span, by=wu, settings=settings)
    answer = sign_in(wu).get(reverse("release-file", args=[release.pk, 1, "docx"]))
    assert "民生实事见成效　" in unquote(answer["Content-Disposition"])


def test_the_origin_says_the_period_in_words(draft, wu, sign_in):
    browser = sign_in(wu)
    key = re.search(r'data-fact="([^"]+)"', text(browser.get(draft.get_absolute_url())))[1]
    part = text(browser.get(reverse("release-figure", args=[draft.pk, 1, key])))
    assert "<dd>2026年6月</dd>" in part


def test_a_comma_stays_with_its_figure(draft, wu, sign_in):
    page = text(sign_in(wu).get(draft.get_absolute_url()))
    assert re.search(r'<span class="kept"><button [^>]*>3221人次</button>。</span>', page)


def test_what_was_done_is_listed_and_a_draft_is_dropped_not_taken_back(draft, wu, zheng, sign_in):
    browser = sign_in(wu)
    page = text(browser.get(draft.get_absolute_url()))
    assert "还没有办理记录" not in page
    assert "作废原因" in page
    step(draft, "reading", zheng, opinion="可以")
    page = text(browser.get(draft.get_absolute_url()))
    assert "办理记录" in page
    assert "可以" in page


def test_unsaved_words_are_told_on_the_page_of_the_document(draft, wu, wang, sign_in):
    version = draft.versions.get()
    keep(version, page_of(document_of(version)), by=wu, serial=None)
    assert "还没有保存为新的一版" in text(sign_in(wu).get(draft.get_absolute_url()))
    assert "还没有保存为新的一版" not in text(sign_in(wang).get(draft.get_absolute_url()))


def test_a_refused_issue_keeps_what_was_typed(approved, city, city_with_people, zheng, sign_in):
    draft = ready(compile_release("简报", city, approved.round.span), city_with_people.people)
    form = {"version": draft.version, "note": "请尽快印发"}
    answer = sign_in(zheng).post(reverse("release-issue", args=[draft.pk]), form)
    assert answer.status_code == 422
    assert 'value="请尽快印发"' in text(answer)
    assert "请填写报、送、发中的至少一项，版记里还空着。" in text(answer)
