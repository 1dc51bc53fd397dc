"""A browser for the tests: the system's Chromium, watched for every kind of complaint."""

import os
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.web.conftest import desk  # noqa: F401 - a fixture

# Playwright keeps an event loop in this thread, and Django takes that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--lang=zh-CN",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str:
    named = os.environ.get("SHIJI_CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, "no Chromium on PATH: install it or set SHIJI_CHROMIUM"
    return found


def pytest_collection_modifyitems(items):
    for item in items:
        if browsers(item):
            item.add_marker(pytest.mark.browser)


def pytest_collection_finish(session):
    """SQLite in a file, as an installation has it: in memory two readers refuse one another, which no
    timeout helps, and the server of the test answers its pages from several threads."""
    default = connections.databases["default"]
    if default["ENGINE"].endswith("sqlite3") and any(browsers(item) for item in session.items):
        default["TEST"]["NAME"] = str(Path(settings.MEDIA_ROOT).parent / "db.sqlite3")


def browsers(item) -> bool:
    return Path(__file__).parent in item.path.parents


@pytest.fixture(scope="session")
def chromium():
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        yield browser
        browser.close()


class Complaints(list):
    """What the pages of one test complained about; `expects(409)` allows an answer."""

    def __init__(self, host: str):
        super().__init__()
        self.host, self.allowed = host, set()

    def expects(self, status: int) -> None:
        self.allowed.add(status)

    def watch(self, page) -> None:
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on("requestfailed", self.failed)
        page.on("response", self.answered)

    def heard(self, message) -> None:
        # A status is judged by `answered`; the console only repeats it without saying which.
        if message.type in {"error", "warning"} and "status of" not in message.text:
            self.append(f"console: {message.text}")

    def failed(self, request) -> None:
        # Leaving a page drops what it was still asking for.
        if request.failure != "net::ERR_ABORTED":
            self.append(f"request: {request.url} {request.failure}")

    def answered(self, response) -> None:
        if urlsplit(response.url).netloc != self.host:
            self.append(f"foreign: {response.url}")
        if response.status >= 400 and response.status not in self.allowed:
            self.append(f"answer: {response.status} {response.url}")


@pytest.fixture
def complaints(live_server):
    found = Complaints(urlsplit(live_server.url).netloc)
    yield found
    assert found == []


@pytest.fixture
def visit(chromium, live_server, complaints):
    """visit(li, "/notices/") is a page of her browser; without a user a stranger's."""
    contexts = []

    def open_page(user, path="/", size=DESK):
        context = chromium.new_context(
            base_url=live_server.url, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        complaints.watch(page)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def session_cookie(user, url: str) -> dict:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url, "httpOnly": True}


@pytest.fixture
def shot(request):
    """shot(page, "name") keeps a picture of the page in SHIJI_SHOTS, when that folder is named."""

    def take(page, name: str, whole: bool = False):
        if folder := os.environ.get("SHIJI_SHOTS"):
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)

    return take


@pytest.fixture
def accessible():
    """accessible(page): axe finds nothing against WCAG 2.1 A and AA."""

    def judge(page):
        # Run as the tester, past the page's own policy.
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
        )
        assert [
            (rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]
        ] == []

    return judge


@pytest.fixture
def report(capsys):
    """report("107 of 107 …") shows a measured figure, whether the test passes or not."""

    def show(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return show
