"""An agency that lets its time pass is asked again, once on each working day, until it has answered."""

import datetime

import pytest
from django.utils import timezone

from tests.releases.walking import asked, step
from tracker.catalogue.working import city_workdays
from tracker.notices.models import Notice
from tracker.releases.chain.acts import answer
from tracker.releases.chain.reminding import remind_countersigns
from tracker.releases.chain.wanted import set_chain
from tracker.releases.contributors import Speakers
from tracker.releases.genres import Chain
from tracker.releases.issuing import withdraw
from tracker.releases.models import Release

DAY = datetime.timedelta(days=1)


@pytest.fixture
def row(approved, city, union, wang, wu):
    """The union was asked."""
    set_chain(city, "brief", Chain(readings=1, countersign=True), by=wang)
    draft = step(approved.compile("简报"), "reading", wu)
    return asked(draft, wang)[union.pk]


@pytest.fixture
def days(row):
    """The mornings after its time: those that are worked, and one that is not."""
    after = [row.due_at + (number + 1) * DAY for number in range(12)]
    worked = city_workdays()
    free = [day for day in after if not worked(timezone.localdate(day))]
    return [day for day in after if day not in free], free[0]


def told():
    return Notice.objects.filter(kind="countersign-due")


def test_once_on_every_working_day_and_not_on_others(row, days):
    (first, second, *_), free = days
    assert [remind_countersigns(day) for day in (first, first, free, second)] == [1, 0, 0, 1]
    assert sorted(one.recipient.name for one in told()) == ["张", "张", "李", "李"]
    assert {one.link for one in told()} == {f"/countersigns/{row.pk}/"}


def test_not_before_its_time(row, days):
    assert remind_countersigns(row.due_at - datetime.timedelta(hours=1)) == 0


def test_it_stops_with_the_answer_and_what_was_told_is_dealt_with(row, days, zhang):
    (first, second, *_), _ = days
    remind_countersigns(first)
    answer(row, by=zhang, agrees=True)
    assert remind_countersigns(second) == 0
    assert not Notice.objects.about(row).unread().exists()


def test_it_stops_with_the_draft(row, days, wu):
    (first, *_), _ = days
    release = Release.objects.get(pk=row.release_id)
    withdraw(release, by=wu, version=release.version)
    assert remind_countersigns(first) == 0


def test_a_county_is_spoken_for_by_its_line_in_the_city(ground, city, union):
    county = ground.county_union("370102")
    assert Speakers.of(city).for_agency(county, county.line_id) == union.pk
