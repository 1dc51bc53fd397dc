"""From the last approval to a draft that can be downloaded, by the worker of the embedded default."""

import base64
import io
import json
import signal
import subprocess
import time

import docx
import pytest

LIMIT = 5.0
# Taken back, filed again and approved again: the last approval that the round waits for.
APPROVE = """
import json, time
from accounts.models import User
from tracker.demo.press import NAME, holder
from tracker.review.services import approve, reopen
from tracker.submissions import services as desk
from tracker.submissions.models import Submission
rows = Submission.objects.filter(round__cycle__name=NAME, agency__short_name="市民政局")
reviewer = User.objects.get(username="zhuguan2")
reopen(rows.get(), by=reviewer, version=rows.get().version, note="再核对一次。")
reporter, signer = holder(rows.get(), "reporter"), holder(rows.get(), "signer")
desk.submit(rows.get(), by=reporter, version=rows.get().version)
desk.sign(rows.get(), by=signer, version=rows.get().version)
approve(rows.get(), by=reviewer, version=rows.get().version)
print(json.dumps(time.time()))
"""
DOWNLOAD = """
import base64, json
from django.test import Client
from accounts.models import User
from tracker.releases.models import Release
editor = Client(SERVER_NAME="127.0.0.1")
editor.force_login(User.objects.get(username="bianji"), backend="django.contrib.auth.backends.ModelBackend")
release = Release.objects.filter(genre="press_conference").latest("pk")
answer = editor.get(f"/releases/{release.pk}/versions/1/files/docx/")
print(json.dumps([answer.status_code, base64.b64encode(b"".join(answer)).decode()]))
"""
COMPILED = "SELECT COUNT(*) FROM tracker_release WHERE genre = 'press_conference'"


@pytest.fixture
def working(own_demonstration):
    """The demonstration city with its worker running."""
    worker = own_demonstration.start("work")
    yield own_demonstration
    worker.send_signal(signal.SIGTERM)
    try:
        worker.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        worker.kill()
        raise


def wait_for(city, count: int, seconds: float) -> float:
    """The moment at which so many releases stand in the database."""
    end = time.time() + seconds
    while time.time() < end:
        if city.rows(COMPILED) == [(count,)]:
            return time.time()
        time.sleep(0.05)
    raise AssertionError(f"{city.rows(COMPILED)} releases instead of {count} after {seconds} s")


def test_the_draft_is_there_and_downloads(working, report):
    wait_for(working, 1, 60)
    approved_at = json.loads(working.run(APPROVE))
    ready_at = wait_for(working, 2, 60)
    status, content = json.loads(working.run(DOWNLOAD))
    assert status == 200
    text = [p.text for p in docx.Document(io.BytesIO(base64.b64decode(content))).paragraphs]
    assert "市民政局发布词" in text
    report(
        f"{ready_at - approved_at:.1f} s from the last approval to a draft (limit {LIMIT:.0f} s)."
    )
    assert ready_at - approved_at <= LIMIT
