"""What programs are given of documents that went out: the issued text, never its drafts, nothing too early."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.releases.walking import ready
from tracker.releases.issuing import Order, issue


@pytest.fixture
def out(draft, city_with_people, zheng):
    def issued(**order):
        release = ready(draft, city_with_people.people)
        return issue(release, by=zheng, version=release.version, order=Order(**order))

    return issued


def detail(client, release):
    return client.get(reverse("api-release-detail", args=[release.pk]))


def file_of(client, release, number, ending="md"):
    return client.get(reverse("api-release-file", args=[release.pk, number, ending]))


def test_outside_only_the_issued_version_is_there(out, program, sun, wang):
    release = out()
    inside, outside = program(wang), program(sun)
    assert detail(inside, release).json()["versions"] == [1, 2]
    whole = detail(outside, release).json()
    assert (whole["versions"], whole["latest"]["number"]) == ([2], 2)
    for number, status in ((1, 404), (2, 200)):
        version = reverse("api-release-version", args=[release.pk, number])
        assert outside.get(version).status_code == status
        assert file_of(outside, release, number).status_code == status
        assert file_of(inside, release, number).status_code == 200


def test_before_its_hour_and_for_others_than_its_readers_there_is_nothing(
    out, program, sun, li, wang, union
):
    release = out(embargo_until=timezone.now() + datetime.timedelta(hours=2))
    outside = program(sun)
    assert detail(outside, release).status_code == 404
    assert file_of(outside, release, 2).status_code == 404
    assert outside.get(reverse("api-release-list")).json()["results"] == []
    release.embargo_until = None
    release.save()
    release.readers.set([union])
    assert detail(outside, release).status_code == 404
    assert detail(program(li), release).status_code == 200


def test_a_file_whose_figures_were_corrected_since_says_so(out, program, sun, approved, ground):
    release, client = out(), program(sun)
    assert "X-Document-Outdated" not in file_of(client, release, 2).headers
    assert detail(client, release).json()["outdated"] == []
    ground.say(approved.trained, "2020", 3300, entered_unit="名")
    assert file_of(client, release, 2).headers["X-Document-Outdated"] == "1"
    assert detail(client, release).json()["outdated"] == ["“农民工”（市总工会，2020）"]
