"""The editor's page as programs and browsers without JavaScript see it."""

import json
import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry
from tests.releases.kit import text_of
from tracker.documents.tree import figures
from tracker.releases.drafting.comments import remark, settle
from tracker.releases.drafting.keeping import keep
from tracker.releases.drafting.page import Line, Run, page_of, to_plain
from tracker.releases.drafting.saving import save
from tracker.releases.files import file_of
from tracker.releases.models import CommentSettlement, TextComment, Working
from tracker.releases.proof import forget
from tracker.releases.recording import document_of


def text(answer) -> str:
    return answer.content.decode()


def at(name, draft, *more):
    return reverse(name, args=[draft.pk, *more])


def latest(draft):
    return draft.versions.order_by("number").last()


def page_in(draft):
    return page_of(document_of(latest(draft)))


def sent(draft, page=None, **fields):
    """What the page of the editor posts."""
    page = page_in(draft) if page is None else page
    return {"number": 1, "page": json.dumps(to_plain(page)), **fields}


def with_words(draft, words):
    return (*page_in(draft), Line("paragraph", (Run(words),), style="body"))


def said(draft):
    return text_of(document_of(latest(draft)))


# Without JavaScript


def test_the_textarea_shows_figures_with_their_source_and_what_the_proof_says(draft, wu, sign_in):
    answer = sign_in(wu).get(at("release-edit", draft))
    [figure] = figures(document_of(latest(draft)))
    assert f"⟦{figure.key}:3221人次⟧" in answer.context["text"]
    assert "没有须处理的问题" in text(answer)


def test_words_are_corrected_and_figures_stay(draft, wu, sign_in):
    browser, address = sign_in(wu), at("release-edit", draft)
    words = browser.get(address).context["text"]
    answer = browser.post(address, {"number": 1, "text": words.replace("按照", "根据")})
    assert answer["Location"] == draft.get_absolute_url()
    assert "根据用工单位" in said(draft)
    assert [one.surface for one in figures(document_of(latest(draft)))] == ["3221人次"]


def test_a_wrong_number_is_kept_and_pointed_out(draft, wu, sign_in):
    browser, address = sign_in(wu), at("release-edit", draft)
    words = browser.get(address).context["text"].replace("3221人次", "3212人次")
    browser.post(address, {"number": 1, "text": words})
    answer = browser.get(address)
    assert "3212人次" in said(draft)
    assert answer.context["stops"] == 1
    assert "3212人次" in text(answer).split('class="finding finding-stop"')[1][:300]


def test_a_text_without_end_is_refused_and_kept_on_the_page(draft, wu, sign_in):
    answer = sign_in(wu).post(at("release-edit", draft), {"number": 1, "text": "长" * 400_001})
    assert answer.status_code == 422
    assert "长" * 1000 in text(answer)
    assert draft.versions.count() == 1


# With it


def test_a_page_is_saved_and_answered_with_its_figures(draft, wu, sign_in):
    page = with_words(draft, "全市培训农民工3221人次。")
    answer = sign_in(wu).post(at("release-edit", draft), sent(draft, page))
    told = answer.json()
    assert (told["number"], told["said"]) == (2, "已保存为第2版。")
    assert [run.get("figure", "") != "" for run in told["page"][-1]["runs"]] == [
        False, True, False,
    ]  # fmt: skip


def test_what_is_no_page_is_answered_in_words(draft, wu, sign_in):
    browser = sign_in(wu)
    for name in ("release-edit", "release-edit-keep", "release-edit-proof"):
        answer = browser.post(at(name, draft), {"number": 1, "page": "[7]"})
        assert (answer.status_code, answer.json()["said"][-1]) == (422, "。")
    assert (draft.versions.count(), Working.objects.count()) == (1, 0)


def test_half_a_character_is_no_failure_of_ours(draft, wu, sign_in):
    page = json.dumps(to_plain(page_in(draft))).replace("\\u6309\\u7167", "\\ud800\\u0000")
    for name in ("release-edit-proof", "release-edit-keep", "release-edit"):
        answer = sign_in(wu).post(at(name, draft), {"number": 1, "page": page, "serial": 0})
        assert answer.status_code == 200
    assert "〓〓用工单位" in said(draft)


def test_typing_is_kept_for_its_person_alone(draft, wu, wang, sign_in):
    page = with_words(draft, "正在写。")
    browser = sign_in(wu)
    answer = browser.post(at("release-edit-keep", draft), sent(draft, page, serial=0))
    assert answer.json() == {"serial": 1}
    assert "正在写。" in browser.get(at("release-edit", draft)).context["text"]
    assert "正在写。" not in sign_in(wang).get(at("release-edit", draft)).context["text"]


def test_another_window_is_answered_with_its_text(draft, wu, sign_in):
    keep(latest(draft), with_words(draft, "甲窗。"), by=wu, serial=0)
    answer = sign_in(wu).post(
        at("release-edit-keep", draft), sent(draft, with_words(draft, "乙窗。"), serial=0)
    )
    assert answer.status_code == 409
    assert answer.json()["page"][-1]["runs"] == [{"text": "甲窗。"}]
    assert answer.json()["serial"] == 1


def test_unsaved_words_can_be_dropped(draft, wu, sign_in):
    keep(latest(draft), with_words(draft, "不要了。"), by=wu, serial=0)
    answer = sign_in(wu).post(at("release-edit-discard", draft))
    assert answer["Location"] == at("release-edit", draft)
    assert Working.objects.count() == 0


def test_the_proof_tells_line_and_character_of_every_figure(draft, wu, sign_in):
    page = with_words(draft, "另有9999人参加。")
    told = sign_in(wu).post(at("release-edit-proof", draft), sent(draft, page)).json()
    [good, bad] = [one for one in told["remarks"] if one["kind"] == "figure"]
    assert (good["verdict"], good["blocks"], good["raw"]) == ("verified", False, "3221人次")
    line = page[good["line"]].text
    assert line[good["start"] : good["end"]] == "3221人次"
    assert (bad["verdict"], bad["blocks"]) == ("unsupported", True)
    assert (bad["line"], bad["start"], bad["end"]) == (len(page) - 1, 2, 7)
    assert [len(keys) for keys in told["figures"]][-1] == 0


def test_the_proof_asks_as_often_for_many_figures_as_for_one(draft, wu, sign_in):
    browser = sign_in(wu)
    words = "".join(f"第{n}项培训{3000 + n}人次。" for n in range(40))
    one, all_of_them = with_words(draft, "第1项培训3000人次。"), with_words(draft, words)
    short, long = sent(draft, one), sent(draft, all_of_them)
    browser.post(at("release-edit-proof", draft), short)
    with CaptureQueriesContext(connection) as few:
        browser.post(at("release-edit-proof", draft), short)
    with CaptureQueriesContext(connection) as many:
        browser.post(at("release-edit-proof", draft), long)
    assert len(many) == len(few)


def test_a_figure_tells_its_origin_and_its_forms(draft, wu, sign_in):
    [figure] = figures(document_of(latest(draft)))
    browser = sign_in(wu)
    part = text(browser.get(at("release-edit-figure", draft, 1, figure.key)))
    for words in ("济南市总工会", "李", "王", 'data-form="3200余人次"'):
        assert words in part
    assert browser.get(at("release-edit-figure", draft, 1, "e0")).status_code == 404


def test_an_entry_that_the_document_does_not_quote_may_be_chosen(draft, approved, wu, sign_in):
    [figure] = figures(document_of(latest(draft)))
    bare = tuple(
        replace(line, runs=tuple(replace(run, figure="") for run in line.runs))
        for line in page_in(draft)
    )
    words = save(latest(draft), with_words(draft, "占位。"), by=wu)
    claimed = (*bare, Line("paragraph", (Run("共"), Run("3200余人次", figure=figure.key))))
    answer = sign_in(wu).post(
        at("release-edit", draft), sent(draft, claimed) | {"number": words.number}
    )
    assert answer.json()["page"][-1]["runs"][1] == {"text": "3200余人次", "figure": figure.key}


# Two hands


def test_an_old_version_is_kept_and_merged_not_written_over(draft, wu, wang, sign_in):
    page = with_words(draft, "我加的一段。")
    save(latest(draft), with_words(draft, "他加的话。"), by=wang)
    browser = sign_in(wu)
    answer = browser.post(at("release-edit", draft), sent(draft, page))
    assert (answer.status_code, answer.json()["merge"]) == (409, at("release-edit-merge", draft))
    assert Working.objects.get().base.number == 1
    refused = AuditEntry.objects.filter(act="release-edit", outcome="refused")
    assert refused.count() == 1
    assert browser.get(at("release-edit", draft))["Location"] == at("release-edit-merge", draft)
    merge = browser.get(at("release-edit-merge", draft))
    assert ("我加的一段。" in text(merge), "他加的话。" in text(merge)) == (True, True)
    browser.post(at("release-edit-merge", draft), {"number": 2})
    words = browser.get(at("release-edit", draft)).context["text"]
    assert ("我加的一段。" in words, "他加的话。" in words) == (True, True)
    assert draft.versions.count() == 2


def test_the_textarea_meets_an_old_version_with_the_merge_page(draft, wu, wang, sign_in):
    browser = sign_in(wu)
    words = browser.get(at("release-edit", draft)).context["text"]
    save(latest(draft), with_words(draft, "他加的话。"), by=wang)
    answer = browser.post(
        at("release-edit", draft), {"number": 1, "text": f"{words}\n我加的一段。"}
    )
    assert answer.status_code == 409
    assert ("我加的一段。" in text(answer), "他加的话。" in text(answer)) == (True, True)


def test_what_both_changed_is_chosen_place_by_place(draft, wu, wang, sign_in):
    def changed(words):
        return tuple(
            replace(line, runs=tuple(replace(run, text=run.text.replace("按照", words)) for run in line.runs))
            for line in page_in(draft)
        )  # fmt: skip

    mine = changed("依照")
    keep(latest(draft), mine, by=wu, serial=0)
    save(latest(draft), changed("根据"), by=wang)
    browser = sign_in(wu)
    answer = browser.get(at("release-edit-merge", draft))
    [row] = [row for row in answer.context["rows"] if row["disputed"]]
    browser.post(at("release-edit-merge", draft), {"number": 2, f"place-{row['number']}": "theirs"})
    words = browser.get(at("release-edit", draft)).context["text"]
    assert ("依照" in words, "根据" in words) == (False, True)


def test_a_merge_of_a_version_that_moved_on_is_asked_again(draft, wu, wang, sign_in):
    keep(latest(draft), with_words(draft, "我加的一段。"), by=wu, serial=0)
    for words in ("他加的话。", "他又加了。"):
        save(latest(draft), with_words(draft, words), by=wang)
    answer = sign_in(wu).post(at("release-edit-merge", draft), {"number": 2})
    assert "合并期间又有新的一版" in text(answer)
    assert Working.objects.get().base.number == 1


# Tracked changes


def test_the_changes_stand_on_the_page_and_in_the_word_file(draft, wu, sign_in):
    save(latest(draft), with_words(draft, "新增一段。"), by=wu)
    browser = sign_in(wu)
    page = text(browser.get(at("release-compare", draft, 1, 2)))
    assert "<ins>新增一段。</ins>" in page
    assert "1处改动" in page
    answer = browser.get(at("release-compare-file", draft, 1, 2))
    content = b"".join(answer.streaming_content)
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert 'w:author="吴"' in package.read("word/document.xml").decode()


def test_the_versions_to_compare_are_chosen_on_the_page(draft, wu, sign_in):
    answer = sign_in(wu).get(at("release-compare", draft, 1, 1), {"old": "1", "new": "1"})
    assert answer["Location"] == at("release-compare", draft, 1, 1)
    assert "两版正文相同" in text(sign_in(wu).get(at("release-compare", draft, 1, 1)))


# A file that comes back


def upload(content, name="稿.docx"):
    return SimpleUploadedFile(name, content)


def test_a_word_file_comes_back_into_the_editor(draft, wu, sign_in):
    file = docx.Document(BytesIO(file_of(latest(draft), "docx")))
    for paragraph in file.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("按照", "根据")
    buffer = BytesIO()
    file.save(buffer)
    browser = sign_in(wu)
    answer = browser.post(
        at("release-edit-upload", draft), {"file": upload(buffer.getvalue()), "number": 1}
    )
    assert answer["Location"] == at("release-edit", draft)
    shown = browser.get(at("release-edit", draft)).context
    before = browser.get(at("release-edit", draft)).context["state"]["sources"]
    assert "根据用工单位" in shown["text"]
    assert all(f"⟦{key}:{words}⟧" in shown["text"] for key, words in before.items())
    assert draft.versions.count() == 1


@pytest.mark.parametrize(
    ("content", "name"), [(b"MZ\x90", "a.exe"), (b"PK\x03\x04", "a.docx"), (b"  ", "a.txt")]
)
def test_another_file_is_refused_in_words(draft, wu, sign_in, content, name):
    answer = sign_in(wu).post(
        at("release-edit-upload", draft), {"file": upload(content, name), "number": 1}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert Working.objects.count() == 0


# Remarks


def test_a_remark_is_made_answered_and_settled_and_stays(draft, wu, zheng, sign_in):
    browser, said_by = sign_in(wu), {"number": 1, "next": "edit"}
    fields = said_by | {"text": "请核对", "quote": "3221人次", "before": "农民工"}
    assert browser.post(at("release-remark", draft), fields)["Location"] == at(
        "release-edit", draft
    )
    made = TextComment.objects.get()
    browser.post(at("release-remark", draft), said_by | {"text": "已核对", "reply_to": made.pk})
    browser = sign_in(zheng)
    answer = browser.post(at("release-remark-settle", draft, made.pk), {})
    assert answer["Location"] == draft.get_absolute_url()
    assert browser.post(at("release-remark-settle", draft, made.pk)).status_code in (302, 409)
    assert (TextComment.objects.count(), CommentSettlement.objects.count()) == (2, 1)
    page = text(sign_in(wu).get(at("release-edit", draft)))
    assert ("已核对" in page, "郑已办结" in page) == (True, True)


def test_a_remark_says_where_it_stands_and_when_its_words_are_gone(draft, wu, sign_in):
    remark(latest(draft), "请核对", by=wu, quote="3221人次", before="")
    browser = sign_in(wu)
    [talk] = browser.get(at("release-edit", draft)).context["talk"]
    assert page_in(draft)[talk.line].text[talk.start :].startswith("3221人次")
    words = browser.get(at("release-edit", draft)).context["text"].replace("3221人次", "多人次")
    save(latest(draft), words, by=wu)
    [talk] = browser.get(at("release-edit", draft)).context["talk"]
    assert talk.moved
    assert "原文已改" in text(browser.get(at("release-edit", draft)))


def test_a_remark_without_words_is_not_kept(draft, wu, sign_in):
    sign_in(wu).post(at("release-remark", draft), {"number": 1, "text": " "})
    assert TextComment.objects.count() == 0


def test_an_answer_belongs_to_its_document(draft, wu, sign_in):
    answer = sign_in(wu).post(
        at("release-remark", draft), {"number": 1, "text": "好", "reply_to": 10**6}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["li", "sun", "qian", "zhou"])
def test_nobody_else_sees_any_of_it(draft, who, wu, sign_in, request):
    made = remark(latest(draft), "请核对", by=wu)
    browser = sign_in(request.getfixturevalue(who))
    for name, *more in (
        ("release-edit",), ("release-edit-upload",), ("release-edit-merge",),
        ("release-edit-figure", 1, "e1"), ("release-compare", 1, 1),
        ("release-compare-file", 1, 1),
    ):  # fmt: skip
        assert browser.get(at(name, draft, *more)).status_code == 404
    for name, *more in (
        ("release-edit-keep",), ("release-edit-discard",), ("release-edit-proof",),
        ("release-remark",), ("release-remark-settle", made.pk),
    ):  # fmt: skip
        assert browser.post(at(name, draft, *more), sent(draft)).status_code == 404


def test_an_issuer_remarks_on_the_documents_page_and_does_not_edit(draft, zheng, sign_in):
    browser = sign_in(zheng)
    assert "添加批注" in text(browser.get(draft.get_absolute_url()))
    assert browser.post(at("release-edit-keep", draft), sent(draft)).status_code == 409
    browser.post(at("release-remark", draft), {"number": 1, "text": "措辞再斟酌"})
    assert TextComment.objects.get().by == zheng


def test_the_page_asks_as_often_for_three_remarks_as_for_one(draft, wu, zheng, sign_in):
    browser = sign_in(wu)
    settle(remark(latest(draft), "一", by=wu, quote="3221人次"), by=zheng)
    forget()
    with CaptureQueriesContext(connection) as one:
        browser.get(at("release-edit", draft))
    for words in ("二", "三"):
        made = remark(latest(draft), words, by=zheng, quote="农民工")
        remark(latest(draft), "答", by=wu, reply_to=made)
    forget()
    with CaptureQueriesContext(connection) as three:
        browser.get(at("release-edit", draft))
    assert len(three) == len(one)
