"""Whether everything that must be said is said."""

from dataclasses import dataclass

from tracker.ledger.models import Entry
from tracker.releases.models import Version


@dataclass(frozen=True)
class Coverage:
    """`said` of `owed` must-say entries are quoted; `unsaid` are the ids of the others."""

    said: int
    owed: int
    unsaid: tuple[int, ...]


def coverage(version: Version) -> Coverage:
    """Must-say entries of the version's snapshot, and how many a figure of it quotes."""
    owed = version.snapshot.get("owed", [])
    quoted = set(version.citations.filter(entry__isnull=False).values_list("entry_id", flat=True))
    unsaid = tuple(entry for entry in owed if entry not in quoted)
    return Coverage(len(owed) - len(unsaid), len(owed), unsaid)


def unsaid_remarks(owed: tuple[int, ...], quoted: set[int]) -> list[str]:
    """A remark for each must-say entry that no figure quotes."""
    missing = Entry.objects.filter(pk__in=set(owed) - quoted).select_related("indicator", "agency")
    return [
        f"必写指标“{entry.indicator.name}”（{entry.agency.short_name}）未写入正文。"
        for entry in missing
    ]
