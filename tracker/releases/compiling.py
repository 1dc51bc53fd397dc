"""From what is approved to a draft: snapshot, compose, prove, freeze."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Line, Region, User
from accounts.rules import Refused, refused, require
from tracker.catalogue.models import Span
from tracker.documents.tree import Document, StrayNumber, figures, plain, refuse_stray_digits
from tracker.language.guard import stray_numbers
from tracker.releases.asof import hour_of, remarks_of, without_final
from tracker.releases.coverage import unsaid_remarks
from tracker.releases.genres import Genre, genre
from tracker.releases.house.keeping import house_at
from tracker.releases.house.settings import chosen_settings
from tracker.releases.house.style import Style
from tracker.releases.missing import gaps, missing
from tracker.releases.models import Release, ReleasePlan, Version
from tracker.releases.occasion import occasion
from tracker.releases.reading import timeless
from tracker.releases.recording import freeze
from tracker.releases.rules import may_compile
from tracker.releases.snapshot import Snapshot, take
from tracker.releases.wording.voice import Voice

WORDING = "1"  # raised when the same material is worded otherwise


def compile_release(
    genre_name: str,
    region: Region,
    span: Span,
    *,
    lines: Sequence[Line] = (),
    settings: Mapping[str, str] | None = None,
    seed: int = 0,
    by: User | None = None,
    plan: ReleasePlan | None = None,
    trigger: str = "",
) -> Release:
    """A new draft of everything that is approved; the same one again for a plan, span and trigger.

    `genre_name` is a folder or a Chinese name, `by` None for the scheduler. Raises UnknownGenre,
    ValueError for a setting that cannot be read, Refused when nothing is approved, with what is missing.
    """
    if by is not None:
        require(may_compile(by, region))
    try:
        with transaction.atomic():
            return _compile(
                genre_name, region, span, lines, settings or {}, seed, by, plan, trigger
            )
    except IntegrityError:
        made = _made(plan, span, trigger)
        if made is None:
            raise
        return made


def _made(plan: ReleasePlan | None, span: Span, trigger: str) -> Release | None:
    if plan is None or not trigger:
        return None
    return Release.objects.filter(plan=plan, span=span, trigger=trigger).first()


@dataclass(frozen=True)
class Drawn:
    """What the ledger gives for a genre now: the document, what its editor has to know, and what a
    later reader needs to compile the same bytes again."""

    folder: str
    document: Document
    remarks: list[str]
    kept: dict

    @property
    def title(self) -> str:
        return title_of(self.document)


def title_of(document: Document) -> str:
    """The title as lists and searches have it."""
    return plain(document.title).replace("\n", "")[:200]


def draw(
    genre_name: str,
    region: Region,
    span: Span,
    lines: Sequence[Line],
    settings: Mapping[str, str],
    seed: int,
    style: Style | None = None,
) -> Drawn:
    """Read the ledger and compose; nothing is written. Refused when nothing is approved.

    `style`: that of an earlier compile, whose settings are complete; None: what the city has set now.
    """
    folder, kind = genre(genre_name)
    day, is_public = roster_day(settings), not kind.is_internal
    if style is None:
        house = house_at(region)
        style = house.for_genre(folder)
        settings = chosen_settings(kind, folder, house, settings, region, day)
    at = hour_of(region, span)
    snapshot = take(
        region, span, lines, settings, seed, day, is_public=is_public, at=at, finals=kind.finals,
        by_county=kind.by_county, style=style,
    )  # fmt: skip
    if not snapshot.entries and not snapshot.passages:
        raise Refused(refused(missing(region, span, lines)))
    document, remarks = compose(kind, snapshot)
    quoted = [entry for entry, _ in snapshot.entries]
    wanting = without_final(quoted) if kind.finals else []
    dated = remarks_of(region, span, lines, quoted)
    remarks = [*dated, *gaps(region, span, lines, at), *remarks, *wanting]
    as_of = {"as_of": at.isoformat()} if at else {}
    return Drawn(folder, document, remarks, _kept(snapshot, folder, settings, seed) | as_of)


def _compile(genre_name, region, span, lines, settings, seed, by, plan, trigger) -> Release:
    if made := _made(plan, span, trigger):
        return made
    drawn = draw(genre_name, region, span, lines, settings, seed)
    release = Release.objects.create(
        plan=plan,
        genre=drawn.folder,
        region=region,
        span=span,
        title=drawn.title,
        settings=drawn.kept["settings"],
        seed=seed,
        compiled_by=by,
        trigger=trigger,
        missing=drawn.remarks,
    )
    release.lines.set(lines)
    freeze(
        release,
        drawn.document,
        kind=Version.Kind.COMPILED,
        by=None,
        snapshot=drawn.kept,
        remarks=drawn.remarks,
    )
    audit.record(by, "release.compile", release, genre=drawn.folder, span=span.key, trigger=trigger)
    return release


def roster_day(settings: Mapping[str, str]):
    """Names, posts and speakers are those of the day of the event, else of today."""
    return occasion(settings.get("日期", "")).day or timezone.localdate()


def compose(kind: Genre, snapshot: Snapshot) -> tuple[Document, list[str]]:
    """The document and what its editor has to know. Refused if a number in it has no source."""
    voice = Voice(snapshot.material)
    document = kind.compose(snapshot.material, voice)
    meta = {**document.meta, "genre": kind.name}
    if snapshot.material.demo:
        meta["notices"] = ("演示数据",)
    document = replace(document, profile=kind.profile, meta=meta)
    prove(document, snapshot.material.names)
    quoted = {entry for figure in figures(document) for entry in figure.entries}
    unsaid = [one.say() for one in snapshot.unsaid]
    facts = [fact for one in snapshot.material.contributors for fact in one.facts]
    told = [*voice.remarks, *unsaid, *timeless(facts), *unsaid_remarks(snapshot.owed, quoted)]
    return document, told


def prove(document: Document, protected: Sequence[str]) -> None:
    """Refuse a document in which a number stands in plain words."""
    try:
        refuse_stray_digits(document, lambda text: [s.raw for s in stray_numbers(text, protected)])
    except StrayNumber as error:
        raise Refused(str(error)) from error


def _kept(snapshot: Snapshot, folder: str, settings: Mapping[str, str], seed: int) -> dict:
    """What a later reader needs to compile the same bytes again."""
    guests = [one.guest.id for one in snapshot.material.contributors if one.guest]
    return {
        "genre": folder,
        "settings": dict(settings),
        "seed": seed,
        "wording": WORDING,
        "entries": [list(row) for row in snapshot.entries],
        "passages": [list(row) for row in snapshot.passages],
        "owed": list(snapshot.owed),
        "guests": guests,
        "house": snapshot.material.style.row,
        "names": list(snapshot.material.names),
        "patterns": [list(row) for row in snapshot.patterns],
    }
