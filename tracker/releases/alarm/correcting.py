"""A corrected document: the words as they went out, with the figures that now stand, and a note."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import ALLOWED, Refused, Verdict, refused, require
from tracker import workflow
from tracker.documents.tree import (
    Document,
    Figure,
    Heading,
    Inlines,
    Paragraph,
    Passage,
    Table,
    figures,
)
from tracker.language.dates import say_date
from tracker.ledger.models import Entry
from tracker.releases.compiling import compose, roster_day
from tracker.releases.genres import genre
from tracker.releases.house.keeping import style_of
from tracker.releases.models import Issuance, IssueNumber, Release, Status, Version
from tracker.releases.occasion import span_words
from tracker.releases.own_patterns.standing import patterns_kept
from tracker.releases.quoting import outdated
from tracker.releases.recording import document_of, freeze
from tracker.releases.snapshot import take

PEOPLE = ("reviewer", "editor", "issuer")
LONGEST_NOTE = 4000
_ENTRY = re.compile(r"^e(\d+)")


@dataclass(frozen=True)
class Change:
    """One figure that was said otherwise: the entry that it stood on, and both wordings."""

    entry: Entry
    before: str
    after: str

    def say(self) -> str:
        row = self.entry
        where = f"“{row.indicator.name}”（{row.agency.short_name}，{span_words(row.span.key)}）"
        return f"{where}原为“{self.before}”，现更正为“{self.after}”"


def may_correct(user: User, release: Release) -> Verdict:
    """The lead office's people, once for each document that went out."""
    if not user.reach.leads_region(release.region, *PEOPLE):
        return refused("只有牵头单位的主管、编辑和签发人可以起草更正稿。")
    if release.status != Status.ISSUED:
        return refused(f"文稿“{release.get_status_display()}”，只有已印发的文稿需要更正稿。")
    if release.corrections.exclude(status=Status.WITHDRAWN).exists():
        return refused("已经有一份更正稿。")
    return ALLOWED


@transaction.atomic
def begin_correction(release: Release, *, by: User) -> Release:
    """A draft with the words that went out; figures that were corrected since are said anew where the
    same figure can be made again, the rest is left for proof to point at. Its note is drafted too.
    """
    release = Release.objects.select_for_update().get(pk=release.pk)
    require(may_correct(by, release))
    issued = release.versions.order_by("number").last()
    document, changes = renewed(release, issued)
    left = outdated(issued)
    draft = _draft(release, note_for(release, changes), by)
    freeze(
        draft,
        document,
        kind=Version.Kind.COMPILED,
        by=None,
        snapshot=issued.snapshot,
        remarks=[f"已更正：{change.say()}。" for change in changes]
        + [f"请核对：{one}已被更正、停用或作废。" for one in left],
    )
    audit.record(by, "release.correct", release, correction=draft.pk, changes=len(changes))
    return draft


def _draft(release: Release, note: str, by: User) -> Release:
    draft = Release.objects.create(
        genre=release.genre,
        region=release.region,
        span=release.span,
        title=release.title,
        settings=release.settings,
        seed=release.seed,
        compiled_by=by,
        trigger=f"corrects:{release.pk}",
        corrects=release,
        correction_note=note,
    )
    draft.lines.set(release.lines.all())
    return draft


def renewed(release: Release, issued: Version) -> tuple[Document, list[Change]]:
    """The issued document with its corrected figures said anew, and what changed."""
    document = document_of(issued)
    after = successors({pk for one in figures(document) for pk in one.entries})
    if not after:
        return document, []
    fresh = _fresh(release)
    swaps = {
        one.key: found
        for one in figures(document)
        if not after.keys().isdisjoint(one.entries) and (found := again(one, after, fresh))
    }
    made = _swapped(document, swaps)
    return made, _changes(document, swaps, after)


def successors(entries: Iterable[int]) -> dict[int, int]:
    """Entry -> the one that stands in its place now, for those that were superseded."""
    first = {pk: pk for pk in entries}
    found: dict[int, int] = {}
    current = first
    while current:
        newer = dict(
            Entry._base_manager.filter(supersedes__in=current).values_list("supersedes", "pk")
        )
        current = {newer[pk]: origin for pk, origin in current.items() if pk in newer}
        found |= {origin: pk for pk, origin in current.items()}
    return found


def _fresh(release: Release) -> dict[str, Figure]:
    """Every figure that the same document would hold if it were compiled today, by its key."""
    _, kind = genre(release.genre)
    settings, lines = release.settings, list(release.lines.all())
    day = roster_day(settings)
    is_public = not kind.is_internal
    snapshot = take(
        release.region, release.span, lines, settings, release.seed, day, is_public=is_public,
        by_county=kind.by_county, style=style_of(release.versions.order_by("number").first()),
        patterns=patterns_kept(release.versions.order_by("number").first()),
    )  # fmt: skip
    try:
        document, _ = compose(kind, snapshot)
    except Refused:
        return {}
    return {one.key: one for one in figures(document)}


def again(old: Figure, after: Mapping[int, int], fresh: Mapping[str, Figure]) -> Figure | None:
    """The same figure on the entries that stand now; it keeps its key in the document."""
    key = _ENTRY.sub(lambda m: f"e{after.get(int(m[1]), int(m[1]))}", old.key)
    found = fresh.get(key) or fresh.get(re.sub(r"_\d+$", "", key))
    if found is None or (found.role, found.unit) != (old.role, old.unit):
        return None
    return found


def _swapped(document: Document, swaps: Mapping[str, Figure]) -> Document:
    def run(inlines: Inlines) -> Inlines:
        return tuple(
            replace(one, inlines=run(one.inlines)) if isinstance(one, Passage)
            else swaps.get(one.key, one) if isinstance(one, Figure) else one
            for one in inlines
        )  # fmt: skip

    def block(one):
        if isinstance(one, Heading | Paragraph):
            return replace(one, inlines=run(one.inlines))
        if isinstance(one, Table):
            rows = tuple(tuple(map(run, row)) for row in one.rows)
            return replace(one, caption=run(one.caption), head=tuple(map(run, one.head)), rows=rows)
        return one

    sections = tuple(
        replace(
            section,
            heading=section.heading and block(section.heading),
            blocks=tuple(map(block, section.blocks)),
        )
        for section in document.sections
    )
    return replace(document, title=run(document.title), sections=sections)


def _changes(
    document: Document, swaps: Mapping[str, Figure], after: Mapping[int, int]
) -> list[Change]:
    """One for each figure that now reads otherwise, repeated ones once."""
    rows = Entry.objects.filter(pk__in=after).select_related("indicator", "agency", "span")
    entries = {row.pk: row for row in rows}
    found: dict[tuple, Change] = {}
    for one in figures(document):
        new = swaps.get(one.key)
        if new is None or new.surface == one.surface:
            continue
        gone = next(pk for pk in one.entries if pk in after)
        found.setdefault(
            (gone, one.surface, new.surface), Change(entries[gone], one.surface, new.surface)
        )
    return list(found.values())


def note_for(release: Release, changes: Iterable[Change]) -> str:
    """The note that goes out with the correction, as a draft for the editor."""
    number = IssueNumber.objects.filter(release=release).first()
    issuance = Issuance.objects.filter(release=release).first()
    named = f"《{release.title}》" + (number.words if number else "")
    when = say_date(timezone.localtime(release.issued_at).date())
    act = issuance.get_mode_display() if issuance else "印发"
    said = "；".join(change.say() for change in changes) or "部分内容有误"
    return f"更正说明：{when}{act}的{named}中，{said}。以本稿为准，特此说明。"


@transaction.atomic
def save_note(release: Release, text: str, *, by: User, version: int) -> Release:
    """Keep the wording of the note; whoever has read or cleared the text is asked again."""
    release = workflow.fresh(release, version)
    require(may_write_note(by, release))
    note = text.strip()[:LONGEST_NOTE]
    if not note:
        raise Refused("更正稿要有更正说明。")
    Release.objects.filter(pk=release.pk).update(correction_note=note, version=F("version") + 1)
    audit.record(by, "release.note", release, before=release.correction_note, after=note)
    return Release.objects.get(pk=release.pk)


def may_write_note(user: User, release: Release) -> Verdict:
    if not user.reach.leads_region(release.region, *PEOPLE):
        return refused("只有牵头单位的主管、编辑和签发人可以修改更正说明。")
    if not release.corrects_id:
        return refused("这份文稿不是更正稿，没有更正说明。")
    if release.status != Status.DRAFT:
        return refused(f"文稿“{release.get_status_display()}”，不能再修改更正说明。")
    return ALLOWED
