"""Two people decide at once, on a real database with real threads; told as JSON.

Run inside an installation: `from tests.gates.racing import report; report(24)`.
"""

import itertools
import json
import threading
import time

from django.db import connections
from django.db.models import F

from accounts.rules import Refused
from tests import factories
from tests.cast import employ, found_city
from tracker import workflow
from tracker.ledger.models import Entry
from tracker.review import services as review
from tracker.submissions import services as filing
from tracker.submissions.models import Status, Submission

PATIENCE = 30


class Track:
    """A city with two reviewers, where a filed submission is made by one call."""

    def __init__(self):
        self.city = found_city()
        self.people = self.city.people
        employ(self.city, "wei", "魏", self.city.lead_office, "科长", "reviewer")
        self.counted = factories.indicator(self.people["li"], "培训农民工")
        self.cycle = factories.cycle(self.city.union)
        self.months = (factories.month(1950 + n // 12, n % 12 + 1) for n in itertools.count())

    def filed(self) -> Submission:
        made = factories.open_round(self.cycle, next(self.months))
        filing.prepare(made)
        row, li = made.submissions.get(), self.people["li"]
        change = filing.Change(self.counted.pk, self.city.region.pk, "12")
        filing.save_figures(row, [change], by=li)
        row.refresh_from_db()
        row = filing.submit(row, by=li, version=row.version)
        return filing.sign(row, by=self.people["zhang"], version=row.version)

    def approved(self) -> Submission:
        row = self.filed()
        return review.approve(row, by=self.people["wang"], version=row.version)


def approve(row, by):
    return review.approve(row, by=by, version=row.version)


def send_back(row, by):
    return review.return_(row, by=by, version=row.version, note="请核对")


def reopen(row, by):
    return review.reopen(row, by=by, version=row.version, note="更正")


def withdraw(row, by):
    return filing.withdraw(row, by=by, version=row.version)


# What is raced for, and who does what.
RACES = [
    ("filed", (approve, "wang"), (send_back, "wei")),
    ("filed", (approve, "wang"), (approve, "wei")),
    ("filed", (approve, "wang"), (withdraw, "li")),
    ("approved", (reopen, "wang"), (reopen, "wei")),
]


def race(track: Track, begin: str, *runners) -> dict:
    """Both start at one moment; what each got, and how the submission stands afterwards."""
    row = getattr(track, begin)()
    moves = row.moves.count()
    start, outcomes = threading.Barrier(len(runners)), [None] * len(runners)

    def run(number, act, who):
        mine = Submission.objects.get(pk=row.pk)
        start.wait(PATIENCE)
        try:
            act(mine, track.people[who])
            outcomes[number] = "done"
        except (Refused, workflow.Stale) as refusal:
            outcomes[number] = type(refusal).__name__
        except Exception as failure:
            outcomes[number] = repr(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, *one)) for n, one in enumerate(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    row.refresh_from_db()
    figures = row.figures.values("pk")
    standing = Entry.objects.current().filter(origin="figure", origin_id__in=figures).count()
    return {
        "outcomes": sorted(outcomes),
        "moves": row.moves.count() - moves,
        "agrees": standing == (row.status == Status.APPROVED),
    }


def careless(record, to, *, by, rule, version, note="", **fields):
    """The planted bug: it trusts the record that the person brought along."""
    before = record.status
    rule(by, record)
    time.sleep(0.05)
    type(record).objects.filter(pk=record.pk).update(status=to, version=F("version") + 1, **fields)
    moved = type(record).objects.get(pk=record.pk)
    moved.moves.create(by=by, from_status=before, to_status=to, version=moved.version, note=note)
    return moved


def report(count: int, planted: bool = False) -> None:
    if planted:
        workflow.advance = careless
    track = Track()
    wanted = RACES[1:2] if planted else RACES
    print(json.dumps([race(track, *wanted[n % len(wanted)]) for n in range(count)]))  # noqa: T201
