"""请单位补报 on the pages: asked from the editor or from the list, opened and answered by the agency."""

import json

import pytest
from django.urls import reverse

from tracker.documents.tree import Paragraph, Section, Text
from tracker.releases.issuing import latest
from tracker.releases.models import FigureRequest, Version, Waiver
from tracker.releases.recording import document_of, freeze
from tracker.releases.supplying import ask_figure
from tracker.releases.waivers import stops_of

BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def stopped(draft, wu):
    """With a figure that nobody reported."""
    version = latest(draft)
    document = document_of(version)
    more = Section("more", None, (Paragraph((Text("另有9871人到场参加。"),)),))
    return freeze(
        draft,
        type(document)(document.title, (*document.sections, more), document.profile, document.meta),
        kind=Version.Kind.EDITED,
        by=wu,
        snapshot=version.snapshot,
        remarks=[],
    )


@pytest.fixture
def form(stopped, union):
    [stop] = stops_of(stopped)
    return {
        "digest": stop.digest,
        "number": stopped.number,
        "agency": union.pk,
        "wanted": "到场参加人数",
    }


@pytest.fixture
def asked(stopped, form, union, wu):
    return ask_figure(stopped, form["digest"], union, by=wu, wanted="到场参加人数")


def test_the_list_of_findings_asks_in_two_clicks_and_says_so(stopped, form, wu, sign_in):
    browser = sign_in(wu)
    page = text(browser.get(reverse("waiver-list", args=[stopped.release_id])))
    assert "请单位补报" in page
    assert "另有9871人到场参加</textarea>" in page
    address = reverse("figure-request-add", args=[stopped.release_id])
    page = text(browser.post(address, form, follow=True))
    assert "已请市总工会补报。" in page
    assert "市总工会：到场参加人数" in page


def test_the_editor_is_answered_as_json(stopped, form, wu, sign_in):
    browser = sign_in(wu)
    address = reverse("figure-request-add", args=[stopped.release_id])
    answer = browser.post(address, form, headers=BY_SCRIPT)
    assert (answer.status_code, answer.json()) == (200, {"said": "已请市总工会补报。"})
    again = browser.post(address, form, headers=BY_SCRIPT)
    assert (again.status_code, "已经请单位补报" in again.json()["said"]) == (409, True)
    wrong = browser.post(address, form | {"agency": ""}, headers=BY_SCRIPT)
    assert wrong.status_code == 422
    page = json.dumps([{"kind": "title"}])
    proof = reverse("release-edit-proof", args=[stopped.release_id])
    assert browser.post(proof, {"number": stopped.number, "page": page}).status_code == 200


def test_a_waiver_is_asked_from_the_editor_as_well(stopped, form, wu, sign_in):
    address = reverse("waiver-list", args=[stopped.release_id])
    sent = {"digest": form["digest"], "number": stopped.number, "reason": "会议签到统计"}
    answer = sign_in(wu).post(address, sent, headers=BY_SCRIPT)
    assert (answer.status_code, answer.json()) == (200, {"said": "已提出，由另一人审定。"})
    assert Waiver.objects.get().asked_by == wu


def test_the_agency_sees_what_is_wanted_and_where_it_is_filed_and_nothing_else(
    asked, june, li, sign_in
):
    page = text(sign_in(li).get(asked.get_absolute_url()))
    assert "到场参加人数" in page
    assert asked.raw not in page
    assert asked.release.title not in page
    assert june.submissions.get().get_absolute_url() in page
    listed = text(sign_in(li).get(reverse("countersign-list")))
    assert asked.get_absolute_url() in listed


def test_another_agency_sees_nothing_of_it(asked, sun, sign_in):
    browser = sign_in(sun)
    assert browser.get(asked.get_absolute_url()).status_code == 404
    assert asked.get_absolute_url() not in text(browser.get(reverse("countersign-list")))


def test_the_agency_answers_and_the_editor_reads_it(asked, li, wu, sign_in):
    address = reverse("figure-request-reply", args=[asked.pk])
    browser = sign_in(li)
    assert browser.post(address, {"reply": ""}).status_code == 422
    assert "答复已送牵头单位" in text(browser.post(address, {"reply": "没有统计"}, follow=True))
    page = text(sign_in(wu).get(reverse("waiver-list", args=[asked.release_id])))
    assert "李答复：没有统计" in page


def test_what_was_asked_by_mistake_is_withdrawn(asked, wu, sign_in):
    address = reverse("figure-request-withdraw", args=[asked.release_id, asked.pk])
    assert "补报请求已撤回" in text(sign_in(wu).post(address, follow=True))
    assert FigureRequest.objects.get().state == "withdrawn"
