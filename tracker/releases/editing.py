"""Correcting the words around the figures. What has a source cannot be typed over.

A run of text is shown with its fixed parts as tokens: 近年来，全市共发展农民工会员⟦3:29万人⟧。 The same
tokens must come back in the same order; between them words may change, but no number may appear.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from accounts.rules import Refused, require
from tracker.documents.tree import (
    Document,
    Figure,
    Heading,
    Inline,
    Inlines,
    Paragraph,
    Text,
    surface,
)
from tracker.language.guard import stray_numbers
from tracker.language.qualifiers import AFTER_NUMBER, AFTER_UNIT, BEFORE, SYNONYMS
from tracker.releases.models import Release, Version
from tracker.releases.patterns.rendering import merged
from tracker.releases.recording import document_of, freeze
from tracker.releases.rules import may_edit
from tracker.workflow import Stale

TOKEN = re.compile(r"⟦(\d{1,6})(?::[^⟦⟧]*)?⟧")
_MARKS = re.compile("[⟦⟧]")
LONGEST = 5000
_BEFORE = tuple(sorted({*BEFORE, *SYNONYMS, "近", "超", "约"}, key=len, reverse=True))
_AFTER = tuple(sorted({*AFTER_NUMBER, *AFTER_UNIT}, key=len, reverse=True))


@dataclass(frozen=True)
class Run:
    """A run that may be edited. `address` is t (title), h3 (heading of section 3) or 3.2 (its block 2)."""

    address: str
    text: str
    style: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with an edited run, at which character of it."""

    address: str
    position: int
    found: str
    reason: str

    def say(self) -> str:
        return (
            f"第{self.position + 1}个字符“{self.found}”：{self.reason}"
            if self.found
            else self.reason
        )


class BadEdit(Refused):
    """An edit that may not be kept; `faults` say where, and nothing was saved."""

    def __init__(self, faults: Sequence[Fault]):
        super().__init__("；".join(fault.say() for fault in faults) + "。")
        self.faults = tuple(faults)


def runs_of(document: Document) -> list[Run]:
    """Every run of words of the document that a person may correct, in reading order."""
    found = [Run("t", shown(document.title), "title")]
    for number, section in enumerate(document.sections):
        if section.heading:
            found.append(Run(f"h{number}", shown(section.heading.inlines), "heading"))
        for position, block in enumerate(section.blocks):
            if isinstance(block, Paragraph | Heading):
                style = block.style if isinstance(block, Paragraph) else "heading"
                found.append(Run(f"{number}.{position}", shown(block.inlines), style))
    return found


def shown(inlines: Inlines) -> str:
    """The run as it is edited: fixed parts as tokens with what they say."""
    return "".join(
        inline.text if isinstance(inline, Text) else f"⟦{number}:{surface(inline)}⟧"
        for number, inline in enumerate(merged(inlines), 1)
    )


def edit(version: Version, changes: Mapping[str, str], *, by: User) -> Version:
    """The next version, with the runs at these addresses reworded. Unchanged: the same version.

    Stale when `version` is no longer the latest, BadEdit with every fault when a number was typed, a
    fixed part is missing or moved, or a qualifier was put beside a figure.
    """
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=version.release_id)
        require(may_edit(by, release))
        if release.versions.order_by("number").last() != version:
            raise Stale(release)
        before = document_of(version)
        document = reworded(before, changes, version.snapshot.get("names", ()))
        if document == before:
            return version
        made = freeze(
            release,
            document,
            kind=Version.Kind.EDITED,
            by=by,
            snapshot=version.snapshot,
            remarks=version.remarks,
        )
        Release.objects.filter(pk=release.pk).update(version=F("version") + 1)
        audit.record(by, "release.edit", release, version=made.number, places=sorted(changes))
        return made


def reworded(
    document: Document, changes: Mapping[str, str], protected: Sequence[str] = ()
) -> Document:
    """The document with the changed runs. BadEdit with every fault."""
    known = {run.address: run.text for run in runs_of(document)}
    changed = {
        address: text.replace("\r\n", "\n").strip("\n")
        for address, text in changes.items()
        if known.get(address) != text
    }
    editor = _Editor(changed, protected)
    made = editor.document(document)
    unknown = [
        Fault(address, 0, "", "要修改的段落不存在，请刷新页面")
        for address in changed
        if address not in known
    ]
    if faults := unknown + editor.faults:
        raise BadEdit(faults)
    return made


class _Editor:
    """Puts changed texts into their runs and collects what is wrong with them."""

    def __init__(self, changes: Mapping[str, str], protected: Sequence[str]):
        self.changes, self.protected, self.faults = changes, protected, []

    def document(self, document: Document) -> Document:
        sections = []
        for number, section in enumerate(document.sections):
            heading = section.heading
            if heading:
                heading = replace(heading, inlines=self.run(f"h{number}", heading.inlines))
            blocks = [
                replace(block, inlines=self.run(f"{number}.{position}", block.inlines))
                if isinstance(block, Paragraph | Heading)
                else block
                for position, block in enumerate(section.blocks)
            ]
            sections.append(replace(section, heading=heading, blocks=tuple(blocks)))
        title = self.run("t", document.title)
        return replace(document, title=title, sections=tuple(sections))

    def run(self, address: str, inlines: Inlines) -> Inlines:
        text = self.changes.get(address)
        if text is None:
            return inlines
        faults = list(self._wrong(address, text, inlines))
        self.faults += faults
        return inlines if faults else _rebuilt(text, inlines)

    def _wrong(self, address: str, text: str, inlines: Inlines):
        if len(text) > LONGEST:
            yield Fault(address, LONGEST, "", f"一段最多{LONGEST}个字符")
            return
        fixed = [str(n) for n, one in enumerate(merged(inlines), 1) if not isinstance(one, Text)]
        if [match[1] for match in TOKEN.finditer(text)] != fixed:
            yield Fault(
                address,
                0,
                "",
                "数字、日期、单位和引用的原文不能删除、改动或调换次序，请保留⟦⟧中的内容",
            )
            return
        words = TOKEN.sub(lambda match: "\ufffc" * len(match[0]), text)
        for mark in _MARKS.finditer(words):
            yield Fault(address, mark.start(), mark[0], "不能使用这个符号")
        for stray in stray_numbers(words, self.protected):
            yield Fault(address, stray.start, stray.raw, stray.reason)
        yield from _new_qualifiers(address, text, inlines)


def _rebuilt(text: str, inlines: Inlines) -> Inlines:
    kept = {str(number): inline for number, inline in enumerate(merged(inlines), 1)}
    made: list[Inline] = []
    at = 0
    for match in TOKEN.finditer(text):
        made += [Text(text[at : match.start()]), kept[match[1]]]
        at = match.end()
    return merged([*made, Text(text[at:])])


def _new_qualifiers(address: str, text: str, inlines: Inlines):
    """近, 余 ... typed beside a figure would change what it says."""
    before = _beside(shown(inlines), inlines)
    for number, (left, right, position) in _beside(text, inlines).items():
        was_left, was_right, _ = before[number]
        if left and left != was_left:
            yield Fault(address, position, left, "限定词要随数据一起核定，不能写在数字旁边")
        if right and right != was_right:
            yield Fault(address, position, right, "限定词要随数据一起核定，不能写在数字旁边")


def _beside(text: str, inlines: Inlines) -> dict[str, tuple[str, str, int]]:
    """Token number of each figure -> the qualifiers that stand before and after it, and where."""
    figures = {str(n) for n, one in enumerate(merged(inlines), 1) if isinstance(one, Figure)}
    found = {}
    for match in TOKEN.finditer(text):
        if match[1] in figures:
            left, right = text[: match.start()], text[match.end() :]
            found[match[1]] = (
                next((word for word in _BEFORE if left.endswith(word)), ""),
                next((word for word in _AFTER if right.startswith(word)), ""),
                match.start(),
            )
    return found
