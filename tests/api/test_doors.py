"""Who is let in, and what a program is told that is not."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.urls import get_resolver, path, reverse
from django.utils import timezone
from rest_framework.decorators import api_view
from rest_framework.test import APIClient
from rest_framework.throttling import UserRateThrottle

from accounts.models import ApiToken, AuditEntry
from accounts.rules import Refused
from accounts.services import disable, issue_token, reset_password, revoke_token
from accounts.services.tokens import token_of
from tests.api.test_reading import LISTS, listing
from tracker.submissions.models import Submission
from tracker.workflow import Stale


def api_addresses() -> list[str]:
    """Every address of the interface, with a made-up record where one is named."""
    found = []
    for part in get_resolver().url_patterns:
        if str(part.pattern) == "api/v1/":
            for route in part.url_patterns:
                text = str(route.pattern).removeprefix("^").removesuffix("$")
                text = text.replace("(?P<ending>[a-z]{2,5})", "docx")
                found.append("/api/v1/" + re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "1", text))
    return found


@pytest.mark.parametrize("address", [one for one in api_addresses() if "docs" not in one])
def test_a_stranger_is_told_401_everywhere(db, address):
    answer = APIClient().get(address)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")
    assert answer["Content-Type"].startswith("application/")


def test_a_stranger_who_wants_the_document_is_led_to_the_sign_in(client, db):
    answer = client.get(reverse("api-docs"))
    assert (answer.status_code, answer.url) == (302, "/sign-in/?next=/api/v1/docs/")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(everything, program, wang, name, method):
    assert getattr(program(wang), method)(listing(name), {}).status_code == 405


def test_a_browser_is_given_json_too(everything, sign_in, li):
    browser = sign_in(li)
    answer = browser.get(listing("figure"), headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer["Content-Type"] == "application/json"
    assert browser.get(listing("figure"), headers={"Accept": "text/html"}).status_code == 406


# --- tokens -------------------------------------------------------------------------------------


def test_only_the_hash_of_a_token_is_kept(li):
    token, secret = issue_token(name="大屏", days=30, by=li)
    kept = ApiToken.objects.values().get()
    assert secret not in str(kept)
    assert (kept["hint"], len(kept["digest"])) == (secret[:10], 64)
    assert AuditEntry.objects.filter(act="token.issue", actor=li).count() == 1
    assert secret not in str(AuditEntry.objects.filter(act="token.issue").values())
    assert token_of(secret) == token


def with_secret(secret: str) -> int:
    client = APIClient()
    return client.get(listing("line"), headers={"Authorization": f"Token {secret}"}).status_code


def test_its_use_is_noted_and_not_at_every_request(li):
    token, secret = issue_token(name="大屏", days=30, by=li)
    assert with_secret(secret) == 200
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    with_secret(secret)
    token.refresh_from_db()
    assert token.last_used_at == first


def test_a_revoked_token_lets_nobody_in(li):
    token, secret = issue_token(name="大屏", days=30, by=li)
    revoke_token(token, by=li)
    assert with_secret(secret) == 401
    with pytest.raises(Refused, match="已经撤销"):
        revoke_token(token, by=li)


def test_an_expired_token_lets_nobody_in(li):
    token, secret = issue_token(name="大屏", days=30, by=li)
    long_ago = timezone.now() - datetime.timedelta(days=60)
    ApiToken.objects.update(created_at=long_ago, expires_at=long_ago + datetime.timedelta(days=30))
    assert with_secret(secret) == 401
    assert ApiToken.objects.get().state == "已到期"


@pytest.mark.parametrize(("act", "words"), [(disable, {"reason": "调离"}), (reset_password, {})])
def test_a_closed_account_and_a_foreign_password_stop_its_programs(li, qian, act, words):
    _, secret = issue_token(name="大屏", days=30, by=li)
    act(li, by=qian, **words)
    assert with_secret(secret) == 401


@pytest.mark.parametrize("header", ["Token", "Token a b", "Token 错", "Token shiji_x", "Bearer x"])
def test_a_wrong_header_is_told_so(db, header):
    answer = APIClient().get(
        listing("line"), headers={"Authorization": header.encode("utf-8").decode("latin-1")}
    )
    assert answer.status_code == 401
    assert re.search("[一-龥]", answer.json()["detail"])


def test_nobody_revokes_anothers_token(li, sun):
    token, _ = issue_token(name="大屏", days=30, by=li)
    with pytest.raises(Refused, match="只能撤销本人的接口令牌"):
        revoke_token(token, by=sun)


def test_ten_tokens_are_enough(li):
    for number in range(10):
        issue_token(name=f"程序{number}", days=30, by=li)
    with pytest.raises(Refused, match="最多10个"):
        issue_token(name="又一个", days=30, by=li)


# --- the page of tokens -------------------------------------------------------------------------


def test_a_new_token_is_shown_once(li, sign_in):
    browser = sign_in(li)
    answer = browser.post(reverse("token-new"), {"name": "大屏", "days": "90"})
    page = browser.get(answer.url)
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert secret not in browser.get(answer.url).content.decode()
    assert with_secret(secret) == 200
    assert "现有1个有效令牌" in browser.get(reverse("profile")).content.decode()


def test_a_token_without_a_purpose_is_refused_beside_the_field(li, sign_in):
    answer = sign_in(li).post(reverse("token-new"), {"name": "", "days": "7"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "days"}


def test_its_owner_revokes_it_and_nobody_else_finds_it(li, sun, sign_in):
    token, secret = issue_token(name="大屏", days=30, by=li)
    address = reverse("token-revoke", args=[token.pk])
    assert sign_in(sun).post(address).status_code == 404
    sign_in(li).post(address)
    assert with_secret(secret) == 401
    assert "已撤销" in sign_in(li).get(reverse("token-new")).content.decode()


# --- refusals -----------------------------------------------------------------------------------


@api_view(["POST"])
def refused(request):
    with transaction.atomic():
        raise Refused("本期已关闭。")


@api_view(["POST"])
def stale(request):
    raise Stale(Submission.objects.get())


urlpatterns = [path("refused/", refused, name="refused"), path("stale/", stale, name="stale")]


def test_a_refusal_is_a_conflict_with_its_reason_and_is_recorded(program, li, settings):
    client = program(li, may_act=True)
    settings.ROOT_URLCONF = "tests.api.test_doors"
    answer = client.post("/refused/")
    assert (answer.status_code, answer.json()) == (409, {"detail": "本期已关闭。"})
    entry = AuditEntry.objects.get(outcome="refused")
    assert (entry.act, entry.actor, entry.data["reason"]) == ("refused", li, "本期已关闭。")


def test_a_stale_version_is_a_conflict_that_names_the_new_one(program, li, submission, settings):
    client = program(li, may_act=True)
    settings.ROOT_URLCONF = "tests.api.test_doors"
    answer = client.post("/stale/")
    told = answer.json()
    present = told.pop("present")
    assert (answer.status_code, told) == (
        409,
        {"detail": "内容已有变化，请重新读取后再办理。", "version": submission.version},
    )
    assert (present["status"], present["version"]) == ("draft", submission.version)


def test_who_asks_too_often_is_told_to_wait(program, li, monkeypatch):
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "2/min", "anon": "2/min"})
    cache.clear()
    client = program(li)
    answers = [client.get(listing("line")) for _ in range(3)]
    cache.clear()
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert "请求" in answers[2].json()["detail"]
    assert int(answers[2]["Retry-After"]) > 0


# --- the document -------------------------------------------------------------------------------


def test_the_document_of_the_interface_is_valid_and_without_warnings(db, tmp_path):
    file = tmp_path / "schema.yml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(file))
    assert "/api/v1/figures/" in file.read_text(encoding="utf-8")


def test_a_program_reads_the_document(program, li):
    document = program(li).get(reverse("api-schema")).json()
    plain = {one for one in document["paths"] if one.count("{") == 0}
    others = {"submission-approve-many", "dispute-list", "pattern-list", "house-style-list",
              "roster-list", "word-list", "plan-list", "plan-run-list"}  # fmt: skip
    assert plain - {reverse(f"api-{name}") for name in others} == {
        reverse(f"api-{name}-list") for name in LISTS
    }
    posts = {at: one["post"] for at, one in document["paths"].items() if "post" in one}
    assert {method for one in document["paths"].values() for method in one} == {"get", "post"}
    # What a program reports, decides, disputes and proposes is all that it may write.
    assert {at.split("/")[3] for at in posts} == {"submissions", "disputes", "patterns"}
    for act in posts.values():
        assert {"200", "409", "422"} <= set(act["responses"])
        assert "Idempotency-Key" in [one["name"] for one in act["parameters"]]
