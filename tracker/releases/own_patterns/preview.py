"""What becomes of a pattern: the sentence on the approved figures of a period, beside the default."""

from dataclasses import dataclass, replace

from django.utils import timezone

from accounts.models import Region
from tracker.catalogue.models import Span
from tracker.documents.tree import Document, Inlines, Paragraph, Section, Text, plain
from tracker.language.rules import check
from tracker.ledger.models import Entry
from tracker.releases.material import Material, Programme
from tracker.releases.patterns import Own, parse
from tracker.releases.proof import Checked, flatten, ground_of, prove_text
from tracker.releases.rulenames import rule_name
from tracker.releases.snapshot import Snapshot, take
from tracker.releases.wording.programmes import numbers
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.voice import Voice

from .checking import Nth, variants
from .standing import Patterns, worded
from .subjects import Subject

MOST_PERIODS, MOST_SHOWN = 24, 4


@dataclass(frozen=True)
class Hint:
    """One finding of the wording rules: the words, and what is wrong with them."""

    rule: str
    words: str
    message: str
    suggestion: str


@dataclass(frozen=True)
class Preview:
    """`texts`: the sentences of each variant, of every agency that reports; `default` without the pattern.

    `stops`: figures that the proof of a document takes for another one in these words; the default's apart.
    """

    span: Span
    texts: tuple[Inlines, ...]
    default: tuple[str, ...]
    remarks: tuple[str, ...]
    hints: tuple[Hint, ...]
    stops: tuple[str, ...] = ()


def periods_of(subject: Subject, region: Region) -> list[Span]:
    """The periods with approved figures of the subject in the region, the newest first."""
    rows = Entry.objects.current().filter(
        indicator__in=[one.pk for one in subject.indicators],
        region__path__startswith=region.path,
        value__isnull=False,
        is_control=False,
    )
    return list(
        Span.objects.filter(pk__in=rows.values("span")).order_by("-end", "start")[:MOST_PERIODS]
    )


def preview(subject: Subject, own: Own | None, region: Region, span: Span) -> Preview:
    """The subject's figures of the period in these words; None is the system's default."""
    snapshot = _snapshot(subject, region, span)
    material = snapshot.material
    said = {subject.key: own} if own else {}
    names = {one.name for one in subject.indicators}
    remarks = [one.say() for one in snapshot.unsaid if one.subject in names]
    texts: dict[str, Inlines] = {}
    for number in range(variants(parse(own.source, material.names)) if own else 1):
        for inlines in _told(subject, material, said, number, remarks):
            texts.setdefault(plain(inlines), inlines)
    default = _told(subject, material, {}, 0, [])
    return Preview(
        span,
        tuple(texts.values())[:MOST_SHOWN],
        tuple(map(plain, default)),
        tuple(dict.fromkeys(remarks)),
        tuple(hints("\n".join(texts), span)),
        tuple(_stops(list(texts.values())[:MOST_SHOWN], default, subject, region, span))
        if own
        else (),
    )


def _stops(
    texts: list[Inlines], default: list[Inlines], subject: Subject, region: Region, span: Span
) -> list[str]:
    """What keeps a document with such a sentence from being issued: it does not say what is counted.

    The default stands before it, as a headline or a lead has it.
    """
    if not texts:
        return []
    ground = ground_of(region, span, [subject.programme.line])
    found: dict[str, None] = {}
    for inlines in texts:
        paragraphs = tuple(Paragraph(one) for one in (*default, inlines))
        section = Section("preview", None, paragraphs)
        flat = flatten(Document((Text(subject.record.name),), (section,), "plain"))
        report = prove_text(flat.text, ground, anchors=flat.anchors, vouched=flat.vouched)
        marks = [one for one in report.stops if isinstance(one, Checked)]
        found |= dict.fromkeys(f"“{one.figure.raw}”{one.hint}" for one in marks)
    return list(found)


def _snapshot(subject: Subject, region: Region, span: Span) -> Snapshot:
    on, lines = timezone.localdate(), [subject.programme.line]
    return take(region, span, lines, {}, 0, on, patterns=(), asked=True)


def _told(
    subject: Subject, material: Material, patterns: Patterns, number: int, remarks: list[str]
) -> list[Inlines]:
    material = replace(material, contributors=worded(material.contributors, patterns))
    voice = Voice(material)
    voice.chooser = Nth(number)
    found = [p for one in material.contributors for p in one.programmes if _about(subject, p)]
    told = [numbers(_part(subject, one), voice, Timeline()) for one in found]
    remarks += voice.remarks
    return [one for one in told if one]


def _about(subject: Subject, programme: Programme) -> bool:
    return programme.id == subject.programme.pk and bool(programme.facts)


def _part(subject: Subject, programme: Programme) -> Programme:
    """Of an indicator, that one's figures only."""
    if subject.is_programme:
        return programme
    return replace(
        programme, facts=tuple(f for f in programme.facts if f.topic.id == subject.record.pk)
    )


def hints(text: str, span: Span) -> list[Hint]:
    """What the wording rules say of it, each once; none of them stops a proposal."""
    found = (
        Hint(rule_name(one.rule), text[one.start : one.end], one.message, one.suggestion or "")
        for one in check(text, on=span.end)
    )
    return list(dict.fromkeys(found))
