"""Whether what a version quotes still stands."""

from dataclasses import dataclass

from tracker.ledger.models import Entry, Passage
from tracker.releases.asof import hour_for
from tracker.releases.models import Alarm, Status, Version


@dataclass(frozen=True)
class Gone:
    """A quoted entry or passage that was superseded, suspended or voided since, in words."""

    words: str
    entry: int | None = None
    passage: int | None = None


def outdated(version: Version) -> list[str]:
    """What the version quotes and no longer stands, in words."""
    return [one.words for one in gone_from(version)]


def unsettled(version: Version) -> list[str]:
    """The same without what people have judged to need no correction."""
    judged = set(
        Alarm.objects.filter(version=version, outcome=Alarm.Outcome.JUDGED).values_list(
            "entry", "passage"
        )
    )
    return [one.words for one in gone_from(version) if (one.entry, one.passage) not in judged]


def gone_from(version: Version) -> list[Gone]:
    """A draft keeps to the freeze of its period; what has gone out is held to the ledger of now."""
    at = hour_for(version.release) if version.release.status == Status.DRAFT else None
    entries = version.citations.filter(entry__isnull=False).values("entry")
    return [*_entries(entries, at), *_passages(version.snapshot.get("quoted", []), at)]


def _entries(quoted, at) -> list[Gone]:
    current = Entry.objects.quotable(at).filter(pk__in=quoted).values("pk")
    gone = Entry.objects.filter(pk__in=quoted).exclude(pk__in=current)
    rows = gone.select_related("indicator", "agency", "span").order_by("pk")
    return [Gone(say_entry(row), entry=row.pk) for row in rows]


def say_entry(row: Entry) -> str:
    return f"“{row.indicator.name}”（{row.agency.short_name}，{row.span.key}）"


def _passages(quoted: list[int], at) -> list[Gone]:
    current = Passage.objects.quotable(at).filter(pk__in=quoted).values("pk")
    gone = Passage.objects.filter(pk__in=quoted).exclude(pk__in=current)
    rows = gone.select_related("programme", "agency").order_by("pk")
    return [Gone(say_passage(row), passage=row.pk) for row in rows]


def say_passage(row: Passage) -> str:
    return f"“{row.programme.name}”的{row.get_kind_display()}（{row.agency.short_name}）"
