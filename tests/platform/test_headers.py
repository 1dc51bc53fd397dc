"""Every answer carries the headers: pages, redirects, errors and files."""

import pytest
from django.conf import settings
from django.http import HttpResponse

from tracker.web.headers import no_store

pytestmark = pytest.mark.django_db

ANSWERS = [("/health/", 503), ("/", 302), ("/no-such-page/", 302), ("/static/none.css", 302)]


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_carries_the_headers(client, path, status):
    answer = client.get(path)
    assert answer.status_code in (status, 404)
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "img-src 'self' data:" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cache-Control"] == "no-store"


def test_a_refused_host_carries_them_too(client):
    answer = client.get("/health/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"


def test_what_says_itself_how_long_it_may_be_kept_is_left_alone(rf):
    def public(request):
        return HttpResponse(headers={"Cache-Control": "public, max-age=60"})

    assert no_store(public)(rf.get("/"))["Cache-Control"] == "public, max-age=60"


def test_only_ours_may_be_loaded():
    """A directive that opens the door to another host would have to be written here as well."""
    sources = {
        str(source)
        for values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values()
        for source in values
    }
    assert sources == {"'self'", "'none'", "data:"}
