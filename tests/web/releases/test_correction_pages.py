"""What was corrected, on the pages: the list, one document, its copies, its corrected form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.releases.walking import ready
from tracker.ledger import standing
from tracker.ledger.models import Entry
from tracker.releases.alarm.finding import look
from tracker.releases.compiling import compile_release
from tracker.releases.issuing import issue, latest
from tracker.releases.models import Alarm, OutsideCopy, Release

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def issued(draft, city_with_people, zheng):
    release = ready(draft, city_with_people.people)
    return issue(release, by=zheng, version=release.version)


@pytest.fixture
def gone(issued, wang):
    """The issued brief quotes a figure that was voided since."""
    standing.void(Entry.objects.get(), by=wang, reason="重复")
    look()
    return issued


def test_what_is_affected_is_listed_and_counted(gone, wu, sign_in):
    browser = sign_in(wu)
    page = text(browser.get(reverse("release-list")))
    assert 'class="nav-count">1<' in page
    page = text(browser.get(reverse("affected-list")))
    for words in (gone.title, "未起草", "没有登记"):
        assert words in page


def test_nothing_affected_is_said(issued, wu, sign_in):
    assert "没有受影响的文稿" in text(sign_in(wu).get(reverse("affected-list")))


@pytest.mark.parametrize("who", ["li", "zhang", "sun", "qian", "zhou"])
def test_the_list_is_not_there_for_others(gone, who, sign_in, request):
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(reverse("affected-list")).status_code == 404


def test_the_list_asks_as_often_for_three_as_for_one(draft, approved, city, wang, wu, sign_in):
    for _ in range(2):
        compile_release("简报", city, approved.round.span, by=wang)
    standing.void(Entry.objects.get(), by=wang, reason="重复")
    look()
    rows = Alarm.objects.exclude(version__release=draft)
    browser = sign_in(wu)
    browser.get(reverse("affected-list"))
    with CaptureQueriesContext(connection) as three:
        browser.get(reverse("affected-list"))
    rows.delete()
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("affected-list"))
    assert len(one) == len(three)


def test_everybody_who_reads_it_is_warned_and_the_file_comes_after_a_warning(gone, sun, sign_in):
    browser = sign_in(sun)
    assert "已被更正、停用或作废" in text(browser.get(gone.get_absolute_url()))
    address = reverse("release-file", args=[gone.pk, latest(gone).number, "md"])
    warned = browser.get(address)
    assert warned.status_code == 409
    assert "农民工" in text(warned)
    assert browser.get(f"{address}?known=1").status_code == 200


def test_a_judged_alarm_warns_no_more_and_its_reason_stays(gone, zheng, sun, sign_in):
    alarm = Alarm.objects.get()
    browser = sign_in(zheng)
    address = reverse("alarm-judge", args=[gone.pk, alarm.pk])
    browser.post(address, {"reason": ""})
    assert Alarm.objects.open().count() == 1
    browser.post(address, {"reason": "四舍五入后相同"})
    page = text(browser.get(reverse("release-corrections", args=[gone.pk])))
    assert "四舍五入后相同" in page
    assert "已被更正、停用或作废" not in text(sign_in(sun).get(gone.get_absolute_url()))


def test_a_correction_is_drafted_and_its_note_reworded(gone, wu, sign_in):
    browser = sign_in(wu)
    browser.post(reverse("release-correct", args=[gone.pk]))
    made = Release.objects.get(corrects=gone)
    address = reverse("release-note", args=[made.pk])
    browser.post(address, {"version": made.version, "text": "更正说明：删去一项。"})
    made.refresh_from_db()
    assert made.correction_note == "更正说明：删去一项。"
    stale = browser.post(address, {"version": 1, "text": "更正说明：另写。"})
    assert stale.status_code == 409
    assert "已经有一份更正稿" in text(browser.post(reverse("release-correct", args=[gone.pk])))


def test_copies_are_noted_and_settled_with_proof(issued, wu, sign_in):
    browser = sign_in(wu)
    form = {"place": "市政府网站", "posted_by": "信息中心", "address": "首页"}
    browser.post(reverse("copy-add", args=[issued.pk]), form)
    copy = OutsideCopy.objects.get()
    address = reverse("copy-settle", args=[issued.pk, copy.pk])
    said = browser.post(address, {"state": "corrected", "note": ""}, follow=True)
    assert "已更正的，请上传截图或写明依据。" in text(said)
    picture = SimpleUploadedFile("截图.png", PNG, "image/png")
    browser.post(address, {"state": "corrected", "note": "", "evidence": picture})
    copy.refresh_from_db()
    assert (copy.state, copy.settled_by) == ("corrected", wu)
    page = text(browser.get(reverse("release-corrections", args=[issued.pk])))
    assert "已更正" in page
    assert reverse("release-scan", args=[issued.pk, copy.evidence_id]) in page


def test_a_replaced_document_points_to_its_correction(
    issued, city_with_people, wu, zheng, sun, sign_in
):
    browser = sign_in(wu)
    browser.post(reverse("release-correct", args=[issued.pk]))
    made = ready(Release.objects.get(corrects=issued), city_with_people.people)
    issue(made, by=zheng, version=made.version)
    page = text(sign_in(sun).get(issued.get_absolute_url()))
    assert "已由<a" in page
    assert made.get_absolute_url() in page
