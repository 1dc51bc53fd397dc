"""The chain on the pages: whose turn it is, what an agency is shown, the sheet, the numbers, the settings."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.releases.walking import asked, ready, step
from tracker.releases.chain.wanted import set_chain
from tracker.releases.compiling import compile_release
from tracker.releases.genres import Chain
from tracker.releases.issuing import issue, latest
from tracker.releases.models import ChainSetting, IssueNumber, Release, Step

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def people(city_with_people):
    return city_with_people.people


@pytest.fixture
def wanted(city, wang):
    def set_to(**steps):
        set_chain(city, "brief", Chain(**steps), by=wang)

    return set_to


def fresh(release):
    return Release.objects.get(pk=release.pk)


def test_the_release_page_says_where_it_stands_and_offers_the_next_step(draft, wu, sign_in):
    page = text(sign_in(wu).get(draft.get_absolute_url()))
    for words in ("办理流程", "核稿", "轮到这一步", "签发", "文字改动以后，已办过的步骤要重新办理"):
        assert words in page
    assert reverse("release-step", args=[draft.pk]) in page


def test_a_reader_agrees_on_the_page(draft, wu, zheng, sign_in):
    form = {"version": draft.version, "kind": "reading", "outcome": "agreed", "opinion": "同意"}
    sign_in(wu).post(reverse("release-step", args=[draft.pk]), form)
    made = Step.objects.get()
    assert (made.kind, made.signer, made.outcome) == ("reading", wu, "agreed")
    assert "签发后正文、数据和文件将冻结" in text(sign_in(zheng).get(draft.get_absolute_url()))


def test_a_return_without_a_reason_is_said_and_nothing_is_kept(draft, wu, sign_in):
    form = {"version": draft.version, "kind": "reading", "outcome": "returned", "opinion": ""}
    browser = sign_in(wu)
    answer = browser.post(reverse("release-step", args=[draft.pk]), form, follow=True)
    assert "请写明退回修改的原因。" in text(answer)
    assert Step.objects.count() == 0


def test_a_step_on_an_old_page_is_stale(draft, wu, zheng, sign_in):
    step(draft, "reading", zheng)
    form = {"version": draft.version, "kind": "reading", "outcome": "agreed", "opinion": "同意"}
    assert sign_in(wu).post(reverse("release-step", args=[draft.pk]), form).status_code == 409


def test_a_paper_signature_comes_with_its_scan(draft, wang, wu, sign_in):
    browser = sign_in(wu)
    form = {
        "version": draft.version, "kind": "reading", "outcome": "agreed", "opinion": "",
        "signer_name": "马", "signer_post": "处长", "scan": SimpleUploadedFile("单.png", PNG),
    }  # fmt: skip
    browser.post(reverse("release-step", args=[draft.pk]), form)
    made = Step.objects.get()
    assert (made.signer_name, made.recorded_by, made.on_paper) == ("马", wu, True)
    page = text(browser.get(draft.get_absolute_url()))
    assert "马（纸质，吴登记）" in page
    scan = browser.get(reverse("release-scan", args=[draft.pk, made.scan_id]))
    assert b"".join(scan.streaming_content) == PNG
    assert scan["Content-Disposition"].startswith("attachment")


def test_paper_without_a_scan_is_said(draft, wu, sign_in):
    form = {"version": draft.version, "kind": "reading", "outcome": "agreed", "signer_name": "马"}
    answer = sign_in(wu).post(reverse("release-step", args=[draft.pk]), form, follow=True)
    assert "没有办理：签字扫描件" in text(answer)


def test_the_sheet_has_a_row_for_every_step_and_can_be_printed(draft, wanted, zheng, wu, sign_in):
    wanted(readings=2, countersign=True, secrecy=True)
    step(draft, "reading", zheng, opinion="可以")
    browser = sign_in(wu)
    page = text(browser.get(reverse("release-approval", args=[draft.pk])))
    for words in (
        "文稿审签单",
        "一核",
        "二核",
        "会签　市总工会",
        "保密审查",
        "签发",
        "可以",
        "郑（在线）",
    ):
        assert words in page
    assert "data-print" in page
    answer = browser.get(reverse("release-approval-file", args=[draft.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


@pytest.mark.parametrize("who", ["li", "sun", "qian"])
def test_the_chain_is_unseen_outside_the_lead_office(draft, people, who, zheng, sign_in):
    release = ready(draft, people)
    issue(release, by=zheng, version=release.version)
    browser = sign_in(people[who])
    for name in ("release-approval", "release-approval-file", "waiver-list", "release-corrections"):
        assert browser.get(reverse(name, args=[draft.pk])).status_code == 404
    if who != "qian":
        page = text(browser.get(draft.get_absolute_url()))
        assert "审签单" not in page


def test_agencies_are_asked_and_answer_on_their_own_page(
    draft, wanted, wang, zhang, sun, zheng, sign_in
):
    wanted(readings=0, countersign=True)
    sign_in(wang).post(reverse("release-ask", args=[draft.pk]), {"version": draft.version})
    row = draft.countersigns.get()
    browser = sign_in(zhang)
    assert draft.title in text(browser.get(reverse("countersign-list")))
    page = text(browser.get(reverse("countersign", args=[row.pk])))
    assert "3221人次" in page
    assert browser.get(draft.get_absolute_url()).status_code == 404
    assert sign_in(sun).get(reverse("countersign", args=[row.pk])).status_code == 404
    form = {"agrees": "no", "opinion": "口径应为全市"}
    sign_in(zhang).post(reverse("countersign-answer", args=[row.pk]), form)
    page = text(sign_in(zheng).get(draft.get_absolute_url()))
    assert "不同意见" in page
    sign_in(wang).post(reverse("countersign-decide", args=[row.pk]), {"reason": "按台账口径"})
    page = text(sign_in(zhang).get(reverse("countersign", args=[row.pk])))
    assert "口径应为全市" in page
    assert "按台账口径" in page


def test_what_an_agency_is_shown_holds_nothing_of_another(
    draft, wanted, wang, zhang, sign_in, approved
):
    wanted(readings=0, countersign=True)
    [row] = asked(draft, wang).values()
    page = text(sign_in(zhang).get(reverse("countersign", args=[row.pk])))
    assert "报：" not in page
    assert "工作简报" not in page


def test_the_list_of_countersigns_asks_as_often_for_three_as_for_one(
    draft, approved, city, wanted, wang, zhang, sign_in
):
    wanted(readings=0, countersign=True)
    asked(draft, wang)
    browser = sign_in(zhang)
    browser.get(reverse("countersign-list"))
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("countersign-list"))
    for _ in range(2):
        asked(compile_release("简报", city, approved.round.span, by=wang), wang)
    with CaptureQueriesContext(connection) as three:
        browser.get(reverse("countersign-list"))
    assert len(one) == len(three)


def test_a_city_switches_steps_off_and_on(draft, city, wang, wu, sign_in):
    browser = sign_in(wang)
    assert "简报" in text(browser.get(reverse("chain-list")))
    address = reverse("chain-edit", args=["brief"])
    assert "1 份还没有印发的文稿" in text(browser.get(address))
    browser.post(address, {"readings": 0, "countersign": "on", "countersign_days": 2})
    setting = ChainSetting.objects.get()
    assert (setting.readings, setting.countersign, setting.secrecy) == (0, True, False)
    refused = sign_in(wu).post(address, {"readings": 0, "countersign_days": 2})
    assert refused.status_code == 409
    assert browser.get(reverse("chain-edit", args=["nothing"])).status_code == 404


def test_the_issuer_sets_number_readers_and_hour_with_the_signature(
    draft, people, zheng, sun, league, union, sign_in
):
    release = ready(draft, people)
    browser = sign_in(zheng)
    assert "第1期" in text(browser.get(draft.get_absolute_url()))
    form = {
        "version": release.version, "note": "同意", "number": 22, "total": 198,
        "report_to": "市领导", "readers": [union.pk],
    }  # fmt: skip
    browser.post(reverse("release-issue", args=[draft.pk]), form)
    done = fresh(draft)
    assert (done.status, done.issue_number.words) == ("issued", "第22期（总第198期）")
    assert latest(done).tree["meta"]["issue"] == "第22期（总第198期）"
    assert "报：市领导。" in latest(done).tree["meta"]["foot"]
    assert sign_in(sun).get(draft.get_absolute_url()).status_code == 404
    assert sign_in(people["li"]).get(draft.get_absolute_url()).status_code == 200


def test_a_number_that_cannot_be_is_said(draft, people, zheng, sign_in):
    release = ready(draft, people)
    form = {"version": release.version, "number": "-3"}
    answer = sign_in(zheng).post(reverse("release-issue", args=[draft.pk]), form, follow=True)
    assert "没有签发：期号" in text(answer)
    assert fresh(draft).status == "draft"


def test_numbers_are_kept_in_a_book_and_left_out_ones_recorded(draft, people, zheng, sign_in):
    release = ready(draft, people)
    issue(release, by=zheng, version=release.version)
    browser = sign_in(zheng)
    form = {"masthead": "工作简报", "year": 2026, "number": 2, "reason": "印错"}
    browser.post(reverse("number-list"), form)
    page = text(browser.get(reverse("number-list")))
    assert "第1期" in page
    assert "印错" in page
    again = browser.post(reverse("number-list"), form)
    assert again.status_code == 422
    assert "已经用过" in text(again)
    row = IssueNumber.objects.get(number=1)
    browser.post(reverse("number-void", args=[row.pk]), {"reason": "撤回"})
    row.refresh_from_db()
    assert (row.void_reason, row.voided_by) == ("撤回", zheng)


def test_outside_only_what_was_issued_is_read(draft, people, zheng, sun, sign_in):
    release = ready(draft, people)
    issue(release, by=zheng, version=release.version)
    browser = sign_in(sun)
    for name in ("release-version", "release-provenance"):
        assert browser.get(reverse(name, args=[draft.pk, 1])).status_code == 404
        assert browser.get(reverse(name, args=[draft.pk, 2])).status_code == 200
    assert browser.get(reverse("release-file", args=[draft.pk, 1, "md"])).status_code == 404
    page = text(browser.get(draft.get_absolute_url()))
    assert re.search("第1版", page) is None


def test_nothing_is_seen_or_given_out_before_its_hour(draft, people, zheng, sun, sign_in):
    release = ready(draft, people)
    browser = sign_in(zheng)
    form = {"version": release.version, "embargo_until": "2099-01-01T09:00"}
    browser.post(reverse("release-issue", args=[draft.pk]), form)
    assert fresh(draft).status == "issued"
    outside = sign_in(sun)
    assert outside.get(draft.get_absolute_url()).status_code == 404
    assert outside.get(reverse("release-file", args=[draft.pk, 2, "md"])).status_code == 404
    assert draft.title not in text(outside.get(reverse("release-list")))
    assert "2099年1月1日 09:00以前" in text(sign_in(zheng).get(draft.get_absolute_url()))
    lifted = {"version": fresh(draft).version}
    sign_in(zheng).post(reverse("release-lift", args=[draft.pk]), lifted)
    assert sign_in(sun).get(draft.get_absolute_url()).status_code == 200
