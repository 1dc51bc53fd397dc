"""Every answer of every address carries the headers: pages, refusals, redirects, files, errors."""

import pytest
from django.conf import settings

from tests.gates.asking import address, answer_of, ask, browser, places_of
from tests.gates.routes import ROUTES
from tests.gates.test_matrix import EXPECTED

pytestmark = pytest.mark.django_db
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Everything else goes out as a download.
SHOWN = {"", "text/html", "application/json", "application/vnd.oai.openapi+json"}


def wrong(answer) -> list[str]:
    """What is missing from an answer, or says too much."""
    policy = directives(answer.get("Content-Security-Policy", ""))
    faults = [name for name, value in WANTED.items() if answer.get(name) != value]
    sources = {source for values in policy.values() for source in values}
    if sources - {"'self'", "'none'", "data:"}:
        faults.append(f"Content-Security-Policy: {sorted(sources)}")
    closed = ("default-src", "frame-ancestors", "base-uri", "object-src")
    faults += [name for name in closed if policy.get(name) != ["'none'"]]
    if "data:" in policy.get("script-src", []):
        faults.append("script-src")
    if "camera=()" not in answer.get("Permissions-Policy", ""):
        faults.append("Permissions-Policy")
    if "no-store" not in answer.get("Cache-Control", ""):
        faults.append(f"Cache-Control: {answer.get('Cache-Control')}")
    kind = answer.get("Content-Type", "").partition(";")[0]
    attached = answer.get("Content-Disposition", "").startswith("attachment")
    if kind not in SHOWN and not attached:
        faults.append(f"{kind} is shown inline")
    return faults


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_answer_carries_the_headers(world, name):
    route, found = ROUTES[name], {}
    place, thing = next(places_of(world, route))
    for method in sorted({row.method for row in EXPECTED if row.route == name}):
        for column in ("reporter", "reviewer", "auditor", "system_admin", "anonymous"):
            answer = answer_of(world, name, route, method, column, place, thing)
            if faults := wrong(answer):
                found[method, column, answer.status_code] = faults
    assert found == {}


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/no-such-page/", 404),
        ("DELETE", "/submissions/", 405),
        ("GET", "/submissions/999999999/", 404),
        ("GET", "/api/v1/submissions/?status=none", 400),
        ("GET", "/static/none.css", 404),
    ],
)
def test_errors_carry_them_too(world, method, url, status):
    answer = ask(browser(world, "reporter"), method, url)
    assert (answer.status_code, wrong(answer)) == (status, [])


def test_a_failure_of_ours_carries_them_too(world, monkeypatch):
    client = browser(world, "reporter")
    client.raise_request_exception = False
    monkeypatch.setattr("tracker.web.notices.paging.page", lambda *args: 1 / 0)
    answer = ask(client, "GET", "/notices/")
    assert (answer.status_code, wrong(answer)) == (500, [])
    assert b"ZeroDivisionError" not in answer.content_given


def test_a_forged_form_is_refused_with_them(world):
    client = browser(world, "reporter")
    client.handler.enforce_csrf_checks = True
    answer = ask(client, "POST", "/notices/read/")
    assert (answer.status_code, wrong(answer)) == (403, [])


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(world):
    answer = ask(browser(world, "reporter"), "GET", "/notices/")
    cookies = {name: (m["httponly"], m["samesite"]) for name, m in answer.cookies.items()}
    assert cookies == dict.fromkeys(cookies, (True, "Lax"))
    assert settings.SESSION_COOKIE_NAME in cookies


def test_a_header_that_says_too_much_is_seen(world, settings):
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    loose = {"DIRECTIVES": {**policy, "script-src": ["'self'", "'unsafe-inline'"]}}
    settings.CONTENT_SECURITY_POLICY = loose
    assert wrong(ask(browser(world, "reporter"), "GET", "/notices/")) != []


def test_a_leading_on_to_another_site_is_refused(world):
    url = address("sign-in", ROUTES["sign-in"], "*", None)
    body = ROUTES["sign-in"].body(world, None) | {"next": "https://elsewhere.example/"}
    answer = ask(browser(world, "anonymous"), "POST", url, body)
    assert answer["Location"] == "/"
