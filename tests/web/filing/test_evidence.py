"""Files behind figures: several at once, described, looked at in small, removed and kept on record."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.models import AuditEntry
from tracker.submissions import evidence as rules
from tracker.submissions.drafting import Change, save_figures
from tracker.submissions.models import Evidence, Submission

PDF = b"%PDF-1.4\nsigned"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(size=(800, 600), kind="PNG", colour="green", **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **more)
    return out.getvalue()


def file(name="签到表.pdf", content=PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def url(name: str, submission, *more) -> str:
    return reverse(f"evidence-{name}", args=[submission.pk, *more])


@pytest.fixture
def key(trained, city) -> str:
    return f"f{trained.pk}-{city.pk}"


@pytest.fixture
def send(submission, sign_in, li):
    """send([files], at=…) is the answer to her form."""

    def of(files, *, by=li, **fields):
        return sign_in(by).post(url("add", submission), {"file": files, **fields})

    return of


def test_several_files_at_once_each_with_the_words_of_the_form(submission, send):
    answer = send([file(), file("现场.png", picture())], caption="6月培训")
    assert answer.status_code == 302
    assert list(submission.evidence.values_list("name", "caption")) == [
        ("签到表.pdf", "6月培训"), ("现场.png", "6月培训"),
    ]  # fmt: skip


def test_files_of_a_figure_that_is_still_blank_leave_its_field_open(
    submission, send, key, trained, li
):
    answer = send([file()], at=key)
    assert answer["Location"] == f"{url('add', submission)}?at={key}"
    figure = submission.figures.get()
    assert (figure.indicator, figure.kind, figure.evidence.count()) == (trained, "", 1)
    save_figures(submission, [Change(trained.pk, figure.region_id, "12", seen=0)], by=li)
    assert submission.figures.get().value == 12
    assert submission.figures.get().evidence.count() == 1


def test_the_page_of_a_figure_shows_its_files_alone(submission, send, key, sign_in, li):
    send([file()], at=key)
    send([file("方案.pdf", b"%PDF-1.4\nplan")])
    page = sign_in(li).get(url("add", submission), {"at": key}).content.decode()
    assert ("签到表.pdf" in page, "方案.pdf" in page) == (True, False)
    whole = sign_in(li).get(url("add", submission)).content.decode()
    assert ("签到表.pdf" in whole, "方案.pdf" in whole) == (True, True)


def test_the_limits_are_said_before_anything_is_chosen(submission, sign_in, li):
    page = sign_in(li).get(url("add", submission)).content.decode()
    assert "单个不超过20兆，一次报送最多200个" in page
    assert 'accept=".pdf,.jpg' in page


def test_the_good_ones_stay_and_each_bad_one_is_named_with_its_reason(
    submission, send, sign_in, li
):
    send(
        [
            file(),
            file("网页.html", b"<html>"),
            file("假图.png", b"GIF89a"),
            file("矢量.svg", b"<svg/>"),
        ]
    )
    assert [one.name for one in submission.evidence.all()] == ["签到表.pdf"]
    page = sign_in(li).get(url("add", submission)).content.decode()
    assert "“网页.html”没有上传：不接受“.html”文件" in page
    assert "“假图.png”没有上传：文件内容与扩展名“.png”不符" in page
    assert "“矢量.svg”没有上传：不接受“.svg”文件" in page


def test_a_script_is_answered_file_by_file(submission, sign_in, li):
    browser = sign_in(li)
    headers = {"X-Requested-With": "XMLHttpRequest"}
    good = browser.post(url("add", submission), {"file": file()}, headers=headers)
    bad = browser.post(url("add", submission), {"file": file("空.pdf", b"")}, headers=headers)
    assert (good.status_code, good.json()) == (201, {"kept": 1, "wrong": []})
    assert (bad.status_code, bad.json()["kept"]) == (422, 0)


def test_the_same_file_for_the_same_figure_is_kept_once(submission, send, key):
    for _ in range(2):
        send([file()], at=key)
    assert Evidence.objects.count() == 1
    send([file()])
    assert Evidence.objects.count() == 2


def test_more_than_the_limit_is_refused_in_words(submission, send, monkeypatch, sign_in, li):
    monkeypatch.setattr(rules, "MOST_PER_SUBMISSION", 1)
    send([file(), file("乙.pdf", b"%PDF-1.4\nb")])
    assert submission.evidence.count() == 1
    assert "最多上传1个文件" in sign_in(li).get(url("add", submission)).content.decode()


def test_too_large_a_file_is_refused_in_words(submission, send, monkeypatch, sign_in, li):
    monkeypatch.setattr(rules, "LARGEST", 10)
    send([file()])
    assert submission.evidence.count() == 0
    assert "文件超过20兆" in sign_in(li).get(url("add", submission)).content.decode()


# Thumbnails


def thumbnail(browser, submission) -> Image.Image:
    row = submission.evidence.get()
    answer = browser.get(url("thumbnail", submission, row.pk))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_shown_in_small_drawn_anew(submission, send, sign_in, li, kind):
    send([file(f"现场.{kind.lower()}", picture(kind=kind))])
    small = thumbnail(sign_in(li), submission)
    assert (small.format, small.size) == ("JPEG", (240, 180))


def test_what_the_camera_wrote_into_the_picture_is_not_in_the_small_one(
    submission, send, sign_in, li
):
    exif = Image.Exif()
    exif[0x010F] = "Canary camera"
    send([file("现场.jpg", picture(kind="JPEG", exif=exif))])
    assert dict(thumbnail(sign_in(li), submission).getexif()) == {}


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + b"\0" * 24, picture(size=(30_000, 30_000), colour=0)]
)
def test_a_picture_that_is_none_or_a_bomb_is_kept_without_a_small_one(
    submission, send, sign_in, li, content
):
    send([file("现场.png", content)])
    row = submission.evidence.get()
    assert row.thumbnail.name == ""
    browser = sign_in(li)
    assert browser.get(url("thumbnail", submission, row.pk)).status_code == 404
    assert browser.get(url("add", submission)).status_code == 200


# Captions, removal, and who may


def test_a_caption_is_put_right_beside_its_file(submission, send, sign_in, li):
    send([file()])
    row = submission.evidence.get()
    browser = sign_in(li)
    browser.post(url("caption", submission, row.pk), {"caption": "签到表第2页", "at": "all"})
    row.refresh_from_db()
    assert row.caption == "签到表第2页"
    assert AuditEntry.objects.filter(act="evidence.caption", actor=li).count() == 1


def test_a_removed_file_is_gone_for_reading_and_stays_on_record(submission, send, sign_in, li):
    send([file()])
    row, browser = submission.evidence.get(), sign_in(li)
    browser.post(url("remove", submission, row.pk), {"at": "all"})
    row.refresh_from_db()
    assert (row.removed_by, row.removed_at is not None, row.file.storage.exists(row.file.name)) == (
        li, True, True,
    )  # fmt: skip
    assert browser.get(url("download", submission, row.pk)).status_code == 404
    page = browser.get(url("add", submission)).content.decode()
    assert "已移除1个，留有记录" in page


@pytest.mark.parametrize("who", ["sun", "qian", "zhou"])
def test_nobody_else_finds_a_file_its_picture_or_its_page(
    submission, send, sign_in, city_with_people, who
):
    send([file("现场.png", picture())])
    row, browser = submission.evidence.get(), sign_in(city_with_people.people[who])
    for name, more in (("add", ()), ("download", (row.pk,)), ("thumbnail", (row.pk,))):
        assert browser.get(url(name, submission, *more)).status_code == 404


def test_a_reviewer_looks_and_does_not_touch(submission, send, sign_in, wang):
    send([file()])
    Submission.objects.update(status="submitted", submitted_by=submission.evidence.get().by)
    browser = sign_in(wang)
    page = browser.get(url("add", submission)).content.decode()
    assert ("签到表.pdf" in page, "data-evidence" in page) == (True, False)
    row = submission.evidence.get()
    assert browser.post(url("caption", submission, row.pk), {"caption": "改"}).status_code == 409
    assert send([file("又一.pdf", PDF + b"2")], by=wang).status_code == 409


def test_a_back_address_of_ones_own_leads_nowhere_else(submission, send, sign_in, li):
    send([file()])
    row = submission.evidence.get()
    answer = sign_in(li).post(
        url("remove", submission, row.pk), {"at": "https://elsewhere.example/"}
    )
    assert answer["Location"] == f"{submission.get_absolute_url()}#evidence"


def test_three_files_are_shown_with_as_many_queries_as_one(submission, send, sign_in, li):

    def asked() -> int:
        browser = sign_in(li)
        with CaptureQueriesContext(connection) as queries:
            browser.get(url("add", submission))
        return len(queries)

    send([file()])
    asked()
    before = asked()
    send([file("乙.pdf", PDF + b"2"), file("丙.pdf", PDF + b"3")])
    asked()
    assert asked() == before
