"""Whether what a version quotes still stands."""

from tracker.ledger.models import Entry, Passage
from tracker.releases.models import Version


def outdated(version: Version) -> list[str]:
    """Quoted entries and passages that were superseded, suspended or voided since, in words."""
    entries = version.citations.filter(entry__isnull=False).values("entry")
    passages = [pk for pk, _ in version.snapshot.get("passages", [])]
    return [*_entries(entries), *_passages(passages)]


def _entries(quoted) -> list[str]:
    current = Entry.objects.current().filter(pk__in=quoted).values("pk")
    gone = Entry.objects.filter(pk__in=quoted).exclude(pk__in=current)
    rows = gone.select_related("indicator", "agency", "span").order_by("pk")
    return [f"“{row.indicator.name}”（{row.agency.short_name}，{row.span.key}）" for row in rows]


def _passages(quoted: list[int]) -> list[str]:
    current = Passage.objects.current().filter(pk__in=quoted).values("pk")
    gone = Passage.objects.filter(pk__in=quoted).exclude(pk__in=current)
    rows = gone.select_related("programme", "agency").order_by("pk")
    return [
        f"“{row.programme.name}”的{row.get_kind_display()}（{row.agency.short_name}）"
        for row in rows
    ]
