"""A draft brought through its chain by the people of the lead office and of the agencies."""

import re
from dataclasses import replace

from tracker.releases.chain import acts
from tracker.releases.chain.state import state_of
from tracker.releases.drafting.page import page_of
from tracker.releases.drafting.saving import save
from tracker.releases.issuing import latest
from tracker.releases.models import Openness, Release
from tracker.releases.openslots import slots_in
from tracker.releases.recording import document_of

SLOT = re.compile("【待补[^】]*】")


def step(release, kind, by, **fields):
    """The release after one person's word."""
    fields.setdefault("version", Release.objects.get(pk=release.pk).version)
    acts.take_step(release, kind, by=by, **fields)
    return Release.objects.get(pk=release.pk)


def asked(release, by):
    """The countersigns that were sent out, by agency."""
    rows = acts.ask_agencies(release, by=by, version=Release.objects.get(pk=release.pk).version)
    return {row.agency_id: row for row in rows}


def filled(release, by, words="负责人"):
    """The release with something in every open slot of its text."""
    version = latest(release)
    if slots_in(document_of(version)):
        lines = page_of(document_of(version))
        save(version, tuple(_filled(line, words) for line in lines), by=by)
    return Release.objects.get(pk=release.pk)


def _filled(line, words):
    return replace(
        line, runs=tuple(replace(run, text=SLOT.sub(words, run.text)) for run in line.runs)
    )


def ready(release, people, until="sign"):
    """The release with all that its chain asks for before the stage `until`."""
    release = filled(release, people["wu"])
    while (stage := state_of(release).next) and stage.kind != until:
        if stage.kind == "reading":
            step(release, "reading", reader(release, people, stage.ordinal))
        elif stage.kind == "countersign":
            for word in stage.words:
                if not word.asked:
                    asked(release, people["wang"])
                    break
                acts.answer(word.asked, by=signer_of(word.agency, people), agrees=True)
        else:
            step(release, "secrecy", people["wang"], openness=Openness.PROACTIVE)
    return Release.objects.get(pk=release.pk)


def reader(release, people, ordinal=1):
    """Another one for each reading, and nobody whose text it is."""
    own = state_of(release).drafters
    able = [people[name] for name in ("wang", "zheng", "wu") if people[name] not in own]
    return able[(ordinal - 1) % len(able)]


def signer_of(agency, people):
    return next(user for user in people.values() if user.reach.has("signer", agency))
