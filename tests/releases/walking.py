"""A draft brought through its chain by the people of the lead office and of the agencies."""

from tracker.releases.chain import acts
from tracker.releases.chain.state import state_of
from tracker.releases.models import Openness, Release


def step(release, kind, by, **fields):
    """The release after one person's word."""
    fields.setdefault("version", Release.objects.get(pk=release.pk).version)
    acts.take_step(release, kind, by=by, **fields)
    return Release.objects.get(pk=release.pk)


def asked(release, by):
    """The countersigns that were sent out, by agency."""
    rows = acts.ask_agencies(release, by=by, version=Release.objects.get(pk=release.pk).version)
    return {row.agency_id: row for row in rows}


def ready(release, people, until="sign"):
    """The release with all that its chain asks for before the stage `until`."""
    while (stage := state_of(release).next) and stage.kind != until:
        if stage.kind == "reading":
            reader = ("wang", "zheng", "wu")[stage.ordinal - 1]
            step(release, "reading", people[reader])
        elif stage.kind == "countersign":
            for word in stage.words:
                if not word.asked:
                    asked(release, people["wang"])
                    break
                acts.answer(word.asked, by=signer_of(word.agency, people), agrees=True)
        else:
            step(release, "secrecy", people["wang"], openness=Openness.PROACTIVE)
    return Release.objects.get(pk=release.pk)


def signer_of(agency, people):
    return next(user for user in people.values() if user.reach.has("signer", agency))
