"""Two people save the same version at once, and two windows keep; told as JSON.

Run inside an installation: `from tests.releases.drafting.racing import report; report(8)`.
"""

import json
import threading
import time
from dataclasses import replace

from django.db import connections

from tests import factories
from tests.cast import employ, found_city
from tracker.documents.tree import Document, Paragraph, Section, Text
from tracker.releases.drafting import saving
from tracker.releases.drafting.keeping import Elsewhere, keep
from tracker.releases.drafting.page import Run, page_of
from tracker.releases.models import Release, Version, Working
from tracker.releases.recording import document_of, freeze
from tracker.workflow import Stale

PATIENCE = 30
BASE = Document((Text("材料"),), (Section("all", None, (Paragraph((Text("原来的话。"),)),)),))


class Desk:
    """A city with two editors, where a draft is made by one call."""

    def __init__(self):
        city = found_city()
        employ(city, "wei", "魏", city.lead_office, "科长", "editor")
        self.people, self.region, self.span = city.people, city.region, factories.month(2026, 6)

    def draft(self) -> Version:
        release = Release.objects.create(
            genre="brief", region=self.region, span=self.span, title="材料"
        )
        return freeze(release, BASE, kind="compiled", by=None, snapshot={}, remarks=[])


def page_with(version: Version, words: str):
    page = page_of(document_of(version))
    return (page[0], replace(page[1], runs=(Run(words),)))


def together(*acts) -> list[str]:
    """All at one moment; what each got."""
    start, outcomes = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number, act):
        start.wait(PATIENCE)
        try:
            act()
            outcomes[number] = "done"
        except (Stale, Elsewhere) as refusal:
            outcomes[number] = type(refusal).__name__
        except Exception as failure:
            outcomes[number] = repr(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return sorted(outcomes)


def saved(desk: Desk) -> dict:
    version = desk.draft()
    outcomes = together(
        *(
            lambda who=who: saving.save(
                Version.objects.get(pk=version.pk), page_with(version, f"{who}的话。"), by=desk.people[who]
            )
            for who in ("wu", "wei")
        )
    )  # fmt: skip
    return {"outcomes": outcomes, "versions": version.release.versions.count()}


def kept(desk: Desk) -> dict:
    version = desk.draft()
    keep(version, page_with(version, "先写的。"), by=desk.people["wu"], serial=0)
    outcomes = together(
        *(
            lambda words=words: keep(
                Version.objects.get(pk=version.pk), page_with(version, words), by=desk.people["wu"], serial=1
            )
            for words in ("甲窗。", "乙窗。")
        )
    )  # fmt: skip
    return {"outcomes": outcomes, "serial": Working.objects.get(release=version.release).serial}


def careless(version, page, *, by):
    """The planted bug: it asks what stands, waits, and writes over it."""
    last = version.release.versions.order_by("number").last()
    time.sleep(0.05)
    if last != version:
        raise Stale(version.release)
    return freeze(
        version.release, replace(BASE, title=(Text(page[1].text),)), kind="edited", by=by, snapshot={}, remarks=[]
    )  # fmt: skip


def report(count: int, planted: bool = False) -> None:
    if planted:
        saving.save = careless
    desk = Desk()
    told = {"saved": [saved(desk) for _ in range(count)]}
    told["kept"] = [] if planted else [kept(desk) for _ in range(count)]
    print(json.dumps(told))  # noqa: T201
