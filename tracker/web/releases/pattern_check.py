"""What the editor's page of patterns shows of a text: its fault with the character, or its preview."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Region
from tracker.catalogue.models import Span
from tracker.documents.tree import Figure, Inlines, surface
from tracker.releases.own_patterns.checking import checked
from tracker.releases.own_patterns.preview import Preview, preview
from tracker.releases.own_patterns.subjects import Subject
from tracker.releases.patterns import PatternError

AROUND = 12
MOST_TRIED = 3


@dataclass(frozen=True)
class Fault:
    """`at` counts characters of the field as typed; `char` is what stands there."""

    at: int
    reason: str
    before: str
    char: str
    after: str

    def say(self) -> str:
        return f"第{self.at + 1}个字符：{self.reason}"


@dataclass(frozen=True)
class Look:
    """One of the two; neither where nothing was typed. `lines` are the previewed sentences in pieces."""

    fault: Fault | None = None
    preview: Preview | None = None

    @property
    def lines(self) -> list[list[tuple[str, bool]]]:
        return [pieces(one) for one in self.preview.texts] if self.preview else []


def look_at(subject: Subject, typed: str, region: Region, span: Span | None) -> Look:
    """The text as typed, on the approved figures of the period; empty it is the default."""
    try:
        own = checked(subject, typed) if typed.strip() else None
    except PatternError as error:
        return Look(fault=fault_of(typed, error))
    return Look(preview=preview(subject, own, region, span) if span else None)


def first_look(
    subject: Subject, typed: str, region: Region, periods: Sequence[Span]
) -> tuple[Look, Span | None]:
    """The look at the newest period that has something to say; at the newest one where none has."""
    looks = []
    for span in periods[:MOST_TRIED] or [None]:
        looks.append((look_at(subject, typed, region, span), span))
        if looks[-1][0].fault or looks[-1][0].lines:
            return looks[-1]
    return looks[0]


def fault_of(typed: str, error: PatternError) -> Fault:
    """The error where it stands in the field, blanks before the text counted."""
    typed = typed.replace("\r\n", "\n")
    at = error.position + len(typed) - len(typed.lstrip())
    return Fault(
        at, error.reason, typed[max(0, at - AROUND) : at], typed[at : at + 1],
        typed[at + 1 : at + 1 + AROUND],
    )  # fmt: skip


def pieces(inlines: Inlines) -> list[tuple[str, bool]]:
    """The words of a sentence, and which of them are figures."""
    return [(surface(one), isinstance(one, Figure)) for one in inlines]


def inserted(typed: str, piece: str) -> str:
    """The text with a slot behind it; .同比 goes into the slot that stands last."""
    if piece.startswith(".") and typed.rstrip().endswith("}"):
        return f"{typed.rstrip()[:-1]}{piece}}}"
    return typed + piece


def look_in(
    subject: Subject, typed: str, region: Region, periods: Sequence[Span], key: str
) -> tuple[Look, Span | None]:
    """The look at the period that was asked for, if it is one."""
    for span in periods:
        if span.key == key:
            return look_at(subject, typed, region, span), span
    return first_look(subject, typed, region, periods)
