"""The workbook of a submission for programs: the same file, the same checks, the same act."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from tests.submissions.books import filled, old, said
from tracker.receipts.models import Receipt
from tracker.workbooks.models import Upload


def at(name: str, submission, *more) -> str:
    return reverse(f"api-submission-{name}", args=[submission.pk, *more])


@pytest.fixture
def client(program, li):
    return program(li, may_act=True)


@pytest.fixture
def book(client, submission) -> bytes:
    return client.get(at("workbook", submission)).content


@pytest.fixture
def send(client, submission):
    def of(data: bytes, name="六月.xlsx", key="", **fields):
        body = {"file": SimpleUploadedFile(name, data), **fields}
        headers = {"Idempotency-Key": key} if key else {}
        return client.post(at("workbook", submission), body, format="multipart", headers=headers)

    return of


def test_the_template_is_the_one_of_the_page(book, client, submission):
    assert openpyxl.load_workbook(io.BytesIO(book)).sheetnames == [
        "填报数据",
        "文字材料",
        "填表说明",
    ]
    answer = client.get(at("workbook", submission))
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")


def test_a_preview_tells_old_and_new_and_writes_nothing(book, send, submission):
    answer = send(filled(book, r2={"本期": 3221}, r3={"本期": 1340}))
    told = answer.json()
    assert (answer.status_code, told["taken"], told["errors"]) == (200, False, [])
    assert [(one["cell"], one["what"], one["changes"]) for one in told["steps"]] == [
        ("K2", "new", [["本期", "", "3221"]]),
        ("K3", "changed", [["本期", "1302", "1340"]]),
    ]
    assert submission.figures.get().value == 13020000


def test_what_was_previewed_is_taken_by_its_digest(book, send, client, submission):
    told = send(filled(book, r2={"本期": 3221})).json()
    url = at("workbook-take", submission, told["upload"])
    answer = client.post(url, {"seen": told["digest"]})
    assert (answer.status_code, answer.json()["taken"]) == (200, True)
    assert said(submission)["农民工"] == ("value", 3221, "")
    assert client.post(url, {"seen": told["digest"]}).status_code == 409


def test_what_moved_on_meanwhile_is_told_anew(book, send, client, submission, trained):
    told = send(filled(book, r2={"本期": 3221})).json()
    send(filled(book, r2={"本期": 3000}), take="true")
    answer = client.post(at("workbook-take", submission, told["upload"]), {"seen": told["digest"]})
    assert (answer.status_code, answer.json()["errors"][0]["cell"]) == (422, "K2")
    assert said(submission)["农民工"] == ("value", 3000, "")


def test_taken_in_one_request_where_nothing_is_wrong(book, send, submission):
    answer = send(filled(book, r2={"本期": "7000多"}), take="true")
    assert (answer.status_code, answer.json()["taken"]) == (200, True)
    assert said(submission)["农民工"] == ("value", 7000, "多")
    assert AuditEntry.objects.filter(act="submission.workbook").count() == 1


def test_the_xls_of_an_office_is_taken_too(send, submission):
    answer = send(old(("农民工", "3221名")), name="六月.et", take="true")
    assert (answer.status_code, said(submission)["农民工"]) == (200, ("value", 3221, ""))


def test_ask_14_all_errors_at_once_as_data_and_in_the_same_workbook(book, send, client, submission):
    answer = send(filled(book, r2={"本期": "一些"}, r3={"本期": "12人"}), take="true")
    told = answer.json()
    assert (answer.status_code, told["taken"]) == (422, False)
    assert [one["cell"] for one in told["errors"]] == ["K2", "K3"]
    assert submission.figures.get().value == 13020000
    marked = openpyxl.load_workbook(io.BytesIO(client.get(told["marked"]).content))
    sheet = marked["填报数据"]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("K2", "K3")] == ["FFFFC7CE"] * 2
    assert marked.sheetnames[0] == "错误汇总"


def test_the_same_file_with_its_key_is_taken_once(book, send, submission):
    data = filled(book, r2={"本期": 3221})
    first, again = (send(data, key="june", take="true") for _ in range(2))
    assert (first.json(), again["Idempotency-Replayed"]) == (again.json(), "true")
    assert (Upload.objects.count(), Receipt.objects.count()) == (1, 1)
    other = send(filled(book, r2={"本期": 3222}), key="june", take="true")
    assert other.status_code == 422


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [(b"12,13", "六月.xlsx", "不是 Excel 或 WPS 工作簿"), (b"PK", "六月.docm", "只能上传")],
)
def test_what_is_no_workbook_is_422_with_its_reason(send, data, name, words):
    answer = send(data, name=name)
    assert (answer.status_code, words in answer.json()["detail"]) == (422, True)


def test_a_request_without_a_file_is_400(client, submission):
    answer = client.post(at("workbook", submission), {}, format="multipart")
    assert (answer.status_code, list(answer.json())) == (400, ["file"])


def test_nobody_else_takes_or_sees_what_she_sent(book, send, program, submission, zhang, wang, sun):
    told = send(filled(book, r2={"本期": 3221})).json()
    for other in (zhang, wang, sun):
        theirs = program(other, may_act=True)
        take = theirs.post(at("workbook-take", submission, told["upload"]), {"seen": "x"})
        marked = theirs.get(at("workbook-marked", submission, told["upload"]))
        assert (take.status_code, marked.status_code) == (404, 404)
