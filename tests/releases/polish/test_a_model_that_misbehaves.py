"""A language model on this machine, well and badly behaved: the draft changes only by what a person took."""

import json

import pytest
from django.urls import reverse

from tests.notices.servers import chat_service
from tests.releases.conftest import (  # noqa: F401 - fixtures
    _files_of_their_own,
    approved,
    ground,
    money,
    trained,
    training,
    year,
)
from tracker.jobs.models import Job
from tracker.jobs.services import claim
from tracker.releases.drafting.page import page_of
from tracker.releases.models import Polish
from tracker.releases.polish.masking import masked
from tracker.releases.polish.services import carry_out, worth_asking
from tracker.releases.recording import document_of
from tracker.tasks import HANDLERS


@pytest.fixture
def model(settings):
    """The model's server, which the operator has named and let in."""
    with chat_service() as service:
        settings.POLISH_URL, settings.POLISH_MODEL = service.url, "test-model"
        settings.POLISH_KEY = "key-of-the-city"
        settings.ROBOT_HOSTS = frozenset([service.url.removeprefix("http://")])
        settings.ROBOT_NETWORKS = local_network()
        yield service


def local_network():
    import ipaddress  # noqa: PLC0415 - only the fixture needs it

    return [ipaddress.ip_network("127.0.0.0/8")]


def content(words) -> dict:
    return {"choices": [{"message": {"role": "assistant", "content": words}}]}


@pytest.fixture
def draft(approved):  # noqa: F811
    return approved.compile("通稿")


def lines(draft) -> list:
    return [line for line in page_of(document_of(draft.versions.get())) if worth_asking(line)]


def asked(draft, sign_in, wu) -> Polish:
    answer = sign_in(wu).post(reverse("release-polish", args=[draft.pk]))
    assert answer.status_code == 302
    return Polish.objects.get()


def work(polish: Polish) -> Polish:
    """What the worker does with the request."""
    job = Job.objects.get(kind="polish-version")
    HANDLERS["polish-version"](job)
    polish.refresh_from_db()
    return polish


def test_without_an_address_there_is_no_button_and_the_request_is_refused(draft, sign_in, wu):
    browser = sign_in(wu)
    assert "润色建议" not in browser.get(draft.get_absolute_url()).content.decode()
    answer = browser.post(reverse("release-polish", args=[draft.pk]))
    assert answer.status_code == 409
    assert "没有配置润色服务" in answer.content.decode()
    assert Polish.objects.count() == 0


def test_the_model_is_told_no_figure_of_the_document(draft, model, sign_in, wu):
    model.body = content("x")
    work(asked(draft, sign_in, wu))
    sent = json.dumps([one["messages"][1] for one in model.heard], ensure_ascii=False)
    assert "3221" not in sent
    assert "1302" not in sent
    assert "⟦1⟧" in sent
    assert {one["model"] for one in model.heard} == {"test-model"}


def test_what_a_person_takes_becomes_the_next_version_with_the_same_figures(
    draft, model, sign_in, wu
):
    line = lines(draft)[0]
    model.body = content(masked(line).text.replace("发布全市", "通报全市"))
    polish = work(asked(draft, sign_in, wu))
    assert polish.state == Polish.State.DONE
    [proposal] = [item for item in polish.items if item["new"]]
    browser = sign_in(wu)
    page = browser.get(reverse("release-polished", args=[draft.pk, polish.pk])).content.decode()
    assert "1 段有建议" in page
    answer = browser.post(
        reverse("release-polished", args=[draft.pk, polish.pk]), {"line": [proposal["line"]]}
    )
    assert answer.url == draft.get_absolute_url()
    made = draft.versions.get(number=2)
    assert "通报全市" in proposal["new"]
    keys = [
        set(v.citations.values_list("entry", flat=True))
        for v in (made, draft.versions.get(number=1))
    ]
    assert keys[0] == keys[1]
    again = browser.post(
        reverse("release-polished", args=[draft.pk, polish.pk]), {"line": [proposal["line"]]}
    )
    assert again.status_code == 409


MISBEHAVIOURS = {
    "an error of the server": {"status": 500},
    "a redirect": {"status": 302, "headers": {"Location": "http://127.0.0.1:1/"}},
    "no JSON": {"body": b"<html>busy</html>"},
    "JSON of another kind": {"body": {"answer": "ok"}},
    "no choices": {"body": {"choices": []}},
    "words that are none": {"body": content(None)},
    "an endless answer": {"body": b'{"x": "' + b"x" * 200_000 + b'"}'},
    "an empty answer": {"body": content("")},
    "a lost token": {"body": content("全市扎实推进重点工作。")},
    "an added number": {"body": content("⟦1⟧⟦2⟧⟦3⟧共有99家单位。")},
    "chatter": {"body": content("好的，润色如下：\n\n……")},
    "a token of its own": {"body": content("⟦9⟧扎实推进。")},
}


@pytest.mark.parametrize("behaviour", MISBEHAVIOURS)
def test_nothing_of_a_bad_answer_reaches_the_draft(behaviour, draft, model, sign_in, wu):
    before = draft.versions.get().digest
    for name, value in MISBEHAVIOURS[behaviour].items():
        setattr(model, name, value)
    polish = work(asked(draft, sign_in, wu))
    assert polish.state in (Polish.State.DONE, Polish.State.FAILED)
    assert [item["new"] for item in polish.items if item["new"]] == []
    assert all(item["why"] for item in polish.items)
    page = sign_in(wu).get(reverse("release-polished", args=[draft.pk, polish.pk]))
    assert page.status_code == 200
    assert draft.versions.get().digest == before


def test_a_server_that_is_down_is_named_in_words(draft, model, settings, sign_in, wu):
    settings.POLISH_URL = "http://127.0.0.1:9"
    settings.ROBOT_HOSTS = frozenset(["127.0.0.1:9"])
    polish = work(asked(draft, sign_in, wu))
    assert polish.state == (Polish.State.FAILED if len(lines(draft)) >= 3 else Polish.State.DONE)
    assert polish.items[0]["why"].startswith("连不上")


def test_a_host_that_nobody_let_in_is_not_reached(draft, model, settings, sign_in, wu):
    settings.ROBOT_HOSTS = frozenset()
    polish = work(asked(draft, sign_in, wu))
    assert model.heard == []
    assert "SHIJI_ROBOT_HOSTS" in polish.items[0]["why"]


def test_a_second_request_for_the_same_version_waits_with_the_first(draft, model, sign_in, wu):
    browser = sign_in(wu)
    for _ in range(2):
        browser.post(reverse("release-polish", args=[draft.pk]))
    assert Polish.objects.count() == 1
    assert Job.objects.filter(kind="polish-version").count() == 1


def test_a_job_done_twice_asks_once(draft, model, sign_in, wu):
    model.body = content("x")
    polish = work(asked(draft, sign_in, wu))
    count = len(model.heard)
    carry_out(polish)
    assert len(model.heard) == count
    assert claim(Job.objects.get(kind="polish-version").pk) is not None


def test_words_changed_in_the_database_are_judged_again(draft, model, sign_in, wu):
    """Planted: a row that says other figures than the model was asked about."""
    line = lines(draft)[0]
    model.body = content(masked(line).text.replace("发布全市", "通报全市"))
    polish = work(asked(draft, sign_in, wu))
    [item] = [one for one in polish.items if one["new"]]
    item["answer"] = item["answer"].replace("⟦1⟧", "九千人")
    Polish.objects.filter(pk=polish.pk).update(items=polish.items)
    answer = sign_in(wu).post(
        reverse("release-polished", args=[draft.pk, polish.pk]), {"line": [item["line"]]}
    )
    assert answer.status_code == 409
    assert draft.versions.count() == 1


def test_agencies_do_not_see_proposals(draft, model, sign_in, li, wu):
    polish = asked(draft, sign_in, wu)
    browser = sign_in(li)
    assert browser.post(reverse("release-polish", args=[draft.pk])).status_code == 404
    assert browser.get(reverse("release-polished", args=[draft.pk, polish.pk])).status_code == 404
