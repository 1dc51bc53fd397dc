"""What a proof says: a verdict for every figure, findings about the words, and what stops publication."""

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.language.prose import sentence_at
from tracker.language.reading import FigureInText


class Verdict(StrEnum):
    """How a figure stands to the ledger."""

    VERIFIED = "verified"
    ROUNDED = "rounded"
    DERIVED = "derived"
    LOOSE = "loose"
    AMBIGUOUS = "ambiguous"
    MISMATCH = "mismatch"
    DIRECTION = "direction"
    UNSUPPORTED = "unsupported"
    STALE = "stale"
    NO_LEDGER = "no_ledger"
    WAIVED = "waived"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Verdict.VERIFIED: "一致",
    Verdict.ROUNDED: "四舍五入",
    Verdict.DERIVED: "可推算",
    Verdict.LOOSE: "偏宽",
    Verdict.AMBIGUOUS: "出处不唯一",
    Verdict.MISMATCH: "不一致",
    Verdict.DIRECTION: "方向相反",
    Verdict.UNSUPPORTED: "无出处",
    Verdict.STALE: "已更正",
    Verdict.NO_LEDGER: "非台账数据",
    Verdict.WAIVED: "已豁免",
}
BLOCKING = frozenset({Verdict.MISMATCH, Verdict.DIRECTION, Verdict.STALE, Verdict.UNSUPPORTED})


MADE_GOOD, SHARED = "MADE_GOOD", "SHARED"


@dataclass(frozen=True)
class Source:
    """What may be quoted: an entry, a figure of a passage, a target, or computed from these (`op`).

    `key` is that of figure nodes (e12, i7, pf5); `value` is in base units; `qualifier` as approved;
    `region` a code. `standing` is empty for what stands, else why it may not be quoted any more.
    """

    key: str
    code: str
    name: str
    value: Decimal
    unit: str
    span: str
    region: str
    entries: tuple[int, ...] = ()
    passage_figure: int | None = None
    op: str = ""
    qualifier: str = ""
    programme: str = ""
    place: str = ""
    indicator: int | None = None
    standing: str = ""
    member: str = ""


@dataclass(frozen=True)
class Checked:
    """A figure with its verdict; `source` is what it says or should say, `hint` is for the editor.

    `rivals` are other facts that it could say or could have meant, the likeliest first.
    """

    figure: FigureInText
    verdict: Verdict
    source: Source | None = None
    hint: str = ""
    rivals: tuple[Source, ...] = ()

    @property
    def blocks(self) -> bool:
        return self.verdict in BLOCKING


@dataclass(frozen=True)
class Finding:
    """A place that breaks a rule: `severity` E, W or I; `suggestion` replaces text[start:end]."""

    rule: str
    severity: str
    start: int
    end: int
    message: str
    suggestion: str | None = None
    blocks: bool = False


@dataclass(frozen=True)
class Report:
    """The whole proof of one text."""

    text: str
    figures: tuple[Checked, ...]
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> tuple[Checked | Finding, ...]:
        """Everything that keeps the text from being published, in order of place."""
        found = [
            *(one for one in self.figures if one.blocks),
            *(one for one in self.findings if one.blocks),
        ]
        return tuple(sorted(found, key=place_of))


@dataclass(frozen=True)
class Issued:
    """What an earlier issued version said of a fact; `entries` are those it stood on."""

    title: str
    source: Source
    raw: str
    value: Decimal
    qualifier: str
    place: Decimal | None


# (start, end, key) of a figure node that claims a source.
Anchored = tuple[int, int, Hashable]

# (key, sentence): in this sentence the node stands for the fact, whatever its words name.
Vouched = tuple[str, str]


def place_of(one: Checked | Finding) -> tuple[int, int]:
    span = one.figure if isinstance(one, Checked) else one
    return span.start, span.end


def digest_of(text: str, start: int, end: int, kind: str) -> str:
    """What names a finding for a waiver: its characters, their sentence, and verdict or rule."""
    line = text.rfind("\n", 0, start) + 1
    after = text.find("\n", start)
    sentence = sentence_at(text[line : after if after >= 0 else len(text)], start - line).text
    return hashlib.sha256("\x00".join((text[start:end], sentence, kind)).encode()).hexdigest()
