"""Evidence, adjustments and disputes from programs: the verbs of the pages, each once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from tests import factories
from tracker.ledger.models import Entry
from tracker.review.models import Dispute
from tracker.review.services import approve
from tracker.submissions.models import Evidence, Submission
from tracker.submissions.services import Change, prepare, save_figures, sign, submit

KEY = "Idempotency-Key"
PDF = b"%PDF-1.4\n"


def at(submission, act: str, *more) -> str:
    return reverse(f"api-submission-{act}", args=[submission.pk, *more])


@pytest.fixture
def client(program, li):
    return program(li, may_act=True)


def upload(client, submission, key="", name="签到表.pdf", content=PDF, **more):
    body = {"file": SimpleUploadedFile(name, content), **more}
    headers = {KEY: key} if key else {}
    url = at(submission, "evidence")
    return client.post(url, body, format="multipart", headers=headers)


# Evidence


def test_a_file_is_attached_to_a_figure_and_listed(client, submission):
    figure = submission.figures.get()
    told = upload(client, submission, figure=figure.pk, caption="6月签到表").json()
    assert (told["name"], told["figure"], told["caption"]) == ("签到表.pdf", figure.pk, "6月签到表")
    whole = client.get(reverse("api-submission-detail", args=[submission.pk])).json()
    assert [one["sha256"] for one in whole["evidence"]] == [told["sha256"]]


def test_the_same_key_attaches_once(client, submission):
    answers = [upload(client, submission, key="k1") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert Evidence.objects.count() == 1


def test_what_is_no_evidence_is_said(client, submission):
    told = upload(client, submission, name="坏.exe", content=b"MZ")
    assert (told.status_code, "不接受" in told.json()["detail"]) == (422, True)
    again = upload(client, submission), upload(client, submission)
    assert (again[1].status_code, "已经上传过" in again[1].json()["detail"]) == (422, True)


def test_a_figure_of_another_submission_is_not_found(client, submission):
    assert upload(client, submission, figure=999_999).status_code == 404


def test_a_file_is_taken_out_and_its_row_stays(client, submission, li):
    made = upload(client, submission).json()
    url = at(submission, "evidence-remove", made["id"])
    assert client.post(url, {}).status_code == 200
    assert Evidence.objects.get().removed_by == li
    assert client.post(url, {}).status_code == 404


def test_who_does_not_fill_in_attaches_nothing(program, submission, wang, sun):
    assert upload(program(wang, may_act=True), submission).status_code == 409
    assert upload(program(sun, may_act=True), submission).status_code == 404
    assert Evidence.objects.count() == 0


def test_a_token_that_only_reads_attaches_nothing(program, submission, li):
    assert upload(program(li), submission).status_code == 403


# Adjustments


@pytest.fixture
def visits(li, training):
    """户, per period."""
    return factories.indicator(li, "走访户数", unit_name="户", programme_=training, required=False)


@pytest.fixture
def july(visits, submission, trained, money, city, li, zhang, wang):
    """June is approved with 300户; July is open."""
    seen = {one.indicator_id: one.version for one in submission.figures.all()}
    changes = [
        Change(one.pk, city.pk, text, seen=seen.get(one.pk, 0))
        for one, text in ((visits, "300"), (trained, "12"), (money, "1302"))
    ]
    save_figures(submission, changes, by=li)
    row = Submission.objects.get(pk=submission.pk)
    row = submit(row, by=li, version=row.version)
    row = sign(row, by=zhang, version=row.version)
    approve(row, by=wang, version=row.version)
    made = factories.open_round(submission.round.cycle, factories.month(2026, 7))
    prepare(made)
    return Submission.objects.get(round=made)


def adjusted(client, july, visits, key="", **body):
    entry = Entry.objects.current().get(indicator=visits)
    words = {"version": july.version, "entry": entry.pk, "text": "-12", "note": "重复登记"} | body
    return client.post(at(july, "adjust"), words, headers={KEY: key} if key else {})


def test_this_period_makes_good_for_an_approved_earlier_one(client, july, visits):
    answers = [adjusted(client, july, visits, key="k2") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    whole = client.get(reverse("api-submission-detail", args=[july.pk])).json()
    [row] = whole["adjustments"]
    assert (row["indicator"], row["about"], row["value"], row["unit"], row["note"]) == (
        visits.code, "2026-06", "-12", "户", "重复登记",
    )  # fmt: skip
    dropped = client.post(at(july, "adjust-drop", row["id"]), {"version": whole["version"]})
    assert dropped.status_code == 200
    assert july.adjustments.count() == 0


def test_an_adjustment_on_an_old_version_or_without_a_number_is_refused(client, july, visits):
    assert adjusted(client, july, visits, version=july.version + 5).status_code == 409
    told = adjusted(client, july, visits, text="约12")
    assert (told.status_code, july.adjustments.count()) == (422, 0)


# Disputes


@pytest.fixture
def both(ground, li, union, league):
    """The union says 943, the youth league 3221."""
    skills = factories.indicator(li, "技能培训")
    return (
        ground.say(skills, "2026-03", 943, agency=union),
        ground.say(skills, "2026-03", 3221, agency=league, reporter=ground.people["sun"]),
    )


def raised(client, both, key=""):
    sides = [
        {"entry": one.pk, "definition": words}
        for one, words in zip(both, ("取得证书的人次", "参加培训的人次"), strict=True)
    ]
    body = {"title": "2026年3月技能培训", "sides": sides}
    return client.post(reverse("api-dispute-list"), body, headers={KEY: key} if key else {})


def test_two_sources_are_put_beside_one_another_and_decided(program, both, wang):
    client = program(wang, may_act=True)
    answers = [raised(client, both, key="k3") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    made = answers[1].json()
    assert Dispute.objects.count() == 1
    assert [(one["value"], one["definition"]) for one in made["sides"]] == [
        ("943", "取得证书的人次"), ("3221", "参加培训的人次"),
    ]  # fmt: skip
    body = {
        "version": made["version"], "decision": "prevails", "basis": "以主管部门台账为准",
        "prevails": both[1].pk,
    }  # fmt: skip
    told = client.post(reverse("api-dispute-decide", args=[made["id"]]), body).json()
    assert (told["decision"], told["decided_by"]) == ("prevails", "王")
    assert not Entry.objects.current().filter(pk=both[0].pk).exists()
    assert AuditEntry.objects.filter(act="dispute.decide").count() == 1
    listed = client.get(reverse("api-dispute-list")).json()["results"]
    assert [one["id"] for one in listed] == [made["id"]]


def test_who_does_not_lead_sees_and_raises_none(program, both, li):
    client = program(li, may_act=True)
    assert raised(client, both).status_code in (404, 409)
    assert client.get(reverse("api-dispute-list")).json()["results"] == []
    assert Dispute.objects.count() == 0


def test_a_dispute_is_decided_once(program, both, wang):
    client = program(wang, may_act=True)
    made = raised(client, both).json()
    url = reverse("api-dispute-decide", args=[made["id"]])
    body = {"version": made["version"], "decision": "differ", "basis": "口径不同"}
    assert client.post(url, body).status_code == 200
    assert client.post(url, body).status_code == 409
