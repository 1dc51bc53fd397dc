"""The editor's page in a real browser: chips, proof, keeping, merging, remarks, and both ways back."""

# ruff: noqa: F811 - fixtures of the release's tests are taken over by name

import json
from dataclasses import replace

import pytest

from tests.browser.conftest import PHONE, session_cookie
from tests.releases.kit import text_of
from tests.web.releases.conftest import approved, draft, june, trained  # noqa: F401 - fixtures
from tracker.documents.tree import figures
from tracker.releases.drafting.page import page_of
from tracker.releases.drafting.saving import save
from tracker.releases.models import TextComment, Version, Working
from tracker.releases.recording import document_of

CHIP = ".ProseMirror .figure"
QUIET = """() => !document.querySelector("[data-asking], #findings[aria-busy=true]")
    && !/正在/.test(document.querySelector("#editor-state")?.textContent ?? "")"""


@pytest.fixture
def address(draft):
    return f"/releases/{draft.pk}/edit/"


@pytest.fixture
def paper(visit, wu, address):
    """The editor's page, ready."""
    page = visit(wu, address)
    page.locator(CHIP).first.wait_for()
    page.locator(".ProseMirror .proof-ok").first.wait_for()
    yield page
    quiet(page)


def quiet(page):
    """Until the page asks nothing more: the tests share one database connection with it."""
    page.wait_for_function(QUIET)


def latest(draft):
    return draft.versions.order_by("number").last()


def said(draft):
    return text_of(document_of(latest(draft)))


def reworded(draft, old, new):
    """The page of the latest version with words typed over others."""
    return tuple(
        replace(
            line, runs=tuple(replace(run, text=run.text.replace(old, new)) for run in line.runs)
        )
        for line in page_of(document_of(latest(draft)))
    )


def end_of_figure(page):
    """The cursor behind the first figure."""
    page.locator(CHIP, has_text="3221人次").click()
    page.keyboard.press("ArrowRight")
    quiet(page)


def new_paragraph(page):
    """At the end of the text. The editor hears of a moved cursor with the next frame, a person's Enter comes later."""
    page.keyboard.press("Control+End")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    page.keyboard.press("Enter")


def save_now(page, number):
    page.keyboard.press("Control+s")
    page.locator("#editor-state", has_text=f"已保存为第{number}版。").wait_for()
    quiet(page)


def test_a_figure_shows_its_origin_and_changes_its_form_never_its_value(
    paper, draft, accessible, shot
):
    paper.locator(CHIP, has_text="3221人次").click()
    origin = paper.locator("#origin")
    origin.get_by_text("济南市总工会").wait_for()
    assert [word in origin.inner_text() for word in ("3221", "李", "张", "王")] == [True] * 4
    shot(paper, "editor-origin")
    accessible(paper)
    origin.get_by_role("button", name="3200余人次").click()
    assert paper.locator(CHIP, has_text="3200余人次").count() == 1
    save_now(paper, 2)
    [figure] = figures(document_of(latest(draft)))
    assert (figure.surface, figure.value) == ("3200余人次", 3221)
    paper.locator(CHIP).first.click()
    origin.get_by_role("button", name="3221人次").first.click()
    save_now(paper, 3)
    assert "3221人次" in said(draft)


def test_typing_over_a_figure_makes_words_that_the_proof_finds(paper, draft, shot):
    paper.locator(CHIP, has_text="3221人次").dblclick()
    paper.keyboard.type("3212人次")
    finding = paper.locator(".finding-stop", has_text="3212人次")
    finding.wait_for()
    assert paper.locator("#editor-stops").inner_text() == "1处须处理"
    shot(paper, "editor-mismatch")
    paper.keyboard.press("Control+Home")
    paper.keyboard.press("F8")
    assert paper.evaluate("getSelection().toString()") == "3212人次"
    finding.get_by_role("button", name="改用台账").first.click()
    paper.locator(CHIP, has_text="3221人次").wait_for()
    paper.locator("#editor-stops", has_text="没有须处理的问题").wait_for()
    quiet(paper)
    assert [one.surface for one in figures(document_of(latest(draft)))] == ["3221人次"]


def test_a_true_number_that_was_typed_becomes_a_figure_when_saved(paper, draft):
    end_of_figure(paper)
    new_paragraph(paper)
    paper.keyboard.type("全市培训农民工3221人次。")
    save_now(paper, 2)
    paper.locator(CHIP).nth(1).wait_for()
    assert [one.surface for one in figures(document_of(latest(draft)))] == ["3221人次"] * 2
    assert paper.get_by_role("heading", name="第2版").is_visible()


def test_typing_is_kept_and_found_again(paper, visit, wu, draft, address):
    end_of_figure(paper)
    paper.keyboard.type("，效果明显")
    paper.locator("#editor-state", has_text="已自动暂存").wait_for()
    quiet(paper)
    assert "效果明显" in json.dumps(Working.objects.get().page, ensure_ascii=False)
    assert Version.objects.count() == 1
    again = visit(wu, address)
    again.locator(".ProseMirror", has_text="效果明显").wait_for()
    quiet(again)
    again.get_by_role("button", name="放弃修改").click()
    again.locator("#confirm-yes").click()
    again.get_by_text("未保存的修改已放弃。").wait_for()
    assert "效果明显" not in again.locator(".ProseMirror").inner_text()
    quiet(again)
    assert Working.objects.count() == 0


def test_leaving_at_once_keeps_what_was_typed_and_says_so(paper, draft, wu):
    end_of_figure(paper)
    paper.keyboard.type("，另有新的进展")
    paper.locator(".editor-bar").get_by_role("link", name="返回").click()
    paper.get_by_text("还没有保存为新的一版").wait_for()
    assert "另有新的进展" in json.dumps(Working.objects.get(user=wu).page, ensure_ascii=False)
    paper.get_by_role("link", name="接着编辑").click()
    paper.locator(".ProseMirror", has_text="另有新的进展").wait_for()
    paper.locator(".ProseMirror .proof-ok").first.wait_for()


def test_a_lost_line_loses_no_words(paper, visit, wu, draft, address, complaints):
    paper.route("**/edit/keep/", lambda route: route.abort())
    end_of_figure(paper)
    paper.keyboard.type("，断网时写的")
    paper.locator("#editor-state", has_text="网络不通，修改已存在本机").wait_for()
    quiet(paper)
    assert Working.objects.count() == 0
    paper.goto("/releases/")
    paper.unroute("**/edit/keep/")
    paper.goto(address)
    paper.locator(".ProseMirror", has_text="断网时写的").wait_for()
    paper.locator("#editor-state", has_text="已自动暂存").wait_for()
    quiet(paper)
    assert "断网时写的" in json.dumps(Working.objects.get().page, ensure_ascii=False)
    assert paper.evaluate("localStorage.length") == 0
    complaints[:] = [one for one in complaints if "keep" not in one and "FAILED" not in one]


def test_what_was_written_without_a_line_is_merged_with_what_others_saved(
    paper, draft, wang, address, complaints
):
    paper.route("**/edit/keep/", lambda route: route.abort())
    end_of_figure(paper)
    paper.keyboard.type("，断网时写的")
    paper.locator("#editor-state", has_text="网络不通，修改已存在本机").wait_for()
    quiet(paper)
    paper.goto("/releases/")
    save(latest(draft), reworded(draft, "按照用工单位", "根据用工单位"), by=wang)
    paper.unroute("**/edit/keep/")
    paper.goto(address)
    paper.wait_for_url("**/edit/merge/")
    assert "断网时写的" in paper.locator("main").inner_text()
    assert "根据用工单位" in paper.locator("main").inner_text()
    assert paper.evaluate("localStorage.length") == 0
    complaints[:] = [one for one in complaints if "keep" not in one and "FAILED" not in one]


def test_two_windows_of_one_person_do_not_overwrite_each_other(
    paper, visit, wu, address, complaints
):
    complaints.expects(409)
    other = visit(wu, address)
    other.locator(CHIP).first.wait_for()
    for page, words in ((paper, "，甲窗"), (other, "，乙窗")):
        end_of_figure(page)
        page.keyboard.type(words)
        page.locator("#editor-state", has_not_text="正在输入").wait_for()
        quiet(page)
    other.get_by_role("button", name="用那边的").click()
    other.locator(".ProseMirror", has_text="甲窗").wait_for()
    assert "乙窗" not in other.locator(".ProseMirror").inner_text()
    quiet(other)


def test_who_saves_second_merges_and_nothing_is_lost(
    paper, draft, wang, accessible, shot, complaints
):
    complaints.expects(409)
    version = latest(draft)
    from_them = reworded(draft, "按照用工单位", "根据用工单位")
    end_of_figure(paper)
    paper.keyboard.type("（我加的）")
    quiet(paper)
    save(version, from_them, by=wang)
    paper.keyboard.press("Control+s")
    paper.wait_for_url("**/edit/merge/")
    shot(paper, "editor-merge")
    accessible(paper)
    paper.get_by_role("button", name="合并").click()
    paper.locator(".ProseMirror", has_text="我加的").wait_for()
    save_now(paper, 3)
    assert "（我加的）" in said(draft)


def test_a_paste_from_word_keeps_the_structure_only(paper, draft):
    end_of_figure(paper)
    new_paragraph(paper)
    word = (
        '<html xmlns:o="urn:o"><head><style>p{color:red}</style></head><body>'
        '<p class=MsoNormal style="color:red"><b>甲段<span lang=EN-US style="font-size:9pt">'
        '，有字</span></b><o:p></o:p></p><h2 onclick="x()">小标题</h2><ul><li>乙段</li></ul>'
        "<table><tr><td>丙</td><td>丁</td></tr></table><script>x()</script></body></html>"
    )
    paper.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            document.querySelector(".ProseMirror").dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        word,
    )
    save_now(paper, 2)
    lines = said(draft).split("\n")
    assert [lines[lines.index("甲段，有字") + step] for step in range(4)] == [
        "甲段，有字", "小标题", "乙段", "丙 丁",
    ]  # fmt: skip
    assert "color" not in json.dumps(latest(draft).tree)


def test_a_remark_on_selected_words_is_answered_and_settled(paper, draft, shot):
    paper.locator(CHIP, has_text="3221人次").dblclick()
    paper.get_by_role("button", name="批注", exact=True).click()
    assert paper.get_by_label("原文").input_value() == "3221人次"
    paper.get_by_role("textbox", name="批注").fill("请与上月核对")
    paper.get_by_role("button", name="添加批注").click()
    item = paper.locator(".talk-item", has_text="请与上月核对")
    item.wait_for()
    shot(paper, "editor-remark")
    item.locator("[data-goto]").click()
    item.get_by_text("回复或办结").click()
    item.get_by_role("button", name="办结").click()
    paper.get_by_text("批注已办结，记录保留。").wait_for()
    assert TextComment.objects.get().quote == "3221人次"


def test_the_changes_are_shown_and_given_out_for_word(paper, draft, accessible, shot):
    end_of_figure(paper)
    paper.keyboard.type("（补充）")
    save_now(paper, 2)
    paper.goto(f"/releases/{draft.pk}/compare/1/2/")
    assert paper.locator("ins").all_inner_texts() == ["（补充）"]
    shot(paper, "editor-compare")
    accessible(paper)
    with paper.expect_download() as download:
        paper.get_by_role("link", name="下载修订稿（Word）").click()
    assert download.value.suggested_filename.endswith("第1版至第2版修改稿.docx")


def test_the_page_fits_a_phone(visit, wu, address, accessible, shot):
    page = visit(wu, address, size=PHONE)
    page.locator(CHIP).first.wait_for()
    quiet(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    shot(page, "editor-phone")
    accessible(page)


def test_without_javascript_the_textarea_goes_the_same_way(
    chromium, live_server, wu, draft, address
):

    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([session_cookie(wu, live_server.url)])
    page = context.new_page()
    page.goto(address)
    field = page.get_by_label("正文", exact=True)
    field.fill(field.input_value().replace("按照用工单位", "根据用工单位"))
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(f"**/releases/{draft.pk}/")
    assert "根据用工单位" in said(draft)
    context.close()
