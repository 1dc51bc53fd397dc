"""Facts and material without a database, for the tests of words."""

from datetime import date
from decimal import Decimal
from itertools import count

from tracker.documents.tree import Document, Inlines, Paragraph, figures, plain
from tracker.releases.facts import Fact, Topic
from tracker.releases.material import Contributor, Guest, Material, Number, Programme, Words
from tracker.releases.wording.voice import Voice

_ids = count(1)
SETTINGS = {
    "主题": "民生实事见成效",
    "场次": "6",
    "日期": "2021年4月16日9:30",
    "地点": "市新闻发布厅",
    "主持人": "新闻发言人孟远",
}


def topic(name: str, unit: str, verb: str = "", **fields) -> Topic:
    return Topic(next(_ids), name, unit, verb, **fields)


def fact(name: str, unit: str, value, verb: str = "", **fields) -> Fact:
    """A cumulative must-say fact of a topic of its own; `topic_` fields go to the topic."""
    of = {key[6:]: fields.pop(key) for key in list(fields) if key.startswith("topic_")}
    about = fields.pop("topic", None) or topic(name, unit, verb, **of)
    ordinary = {"cumulative": True, "must_say": True, "decimals": None}
    entry = next(_ids)
    return Fact(f"e{entry}", about, Decimal(value), (entry,), unit, **{**ordinary, **fields})


def words(kind: str, text: str, *numbers: Number, **fields) -> Words:
    return Words(next(_ids), kind, text, numbers, **fields)


def programme(name: str, *facts: Fact, words=(), **fields) -> Programme:
    return Programme(next(_ids), name, tuple(facts), tuple(words), **fields)


def contributor(short_name: str, *programmes: Programme, guest=None, name="") -> Contributor:
    person = Guest(next(_ids), *guest) if guest else None
    full = name or f"济南{short_name}"
    return Contributor(next(_ids), full, short_name, short_name, tuple(programmes), person)


def material(*contributors: Contributor, settings=None, **fields) -> Material:
    ordinary = {"region": "济南市", "whole": "全市", "authority": "市委、市政府"}
    span = {"span": "2020", "span_end": date(2020, 12, 31), "lead_office": "市协调办公室"}
    chosen = SETTINGS if settings is None else settings
    return Material(
        **{**ordinary, **span, **fields}, contributors=tuple(contributors), settings=chosen
    )


def voice(*contributors: Contributor, **fields) -> Voice:
    return Voice(material(*contributors, **fields))


def said(inlines: Inlines) -> str:
    return plain(inlines)


def text_of(document: Document) -> str:
    """What is read, one line a paragraph."""
    lines = [plain(document.title)]
    for section in document.sections:
        if section.heading:
            lines.append(plain(section.heading.inlines))
        lines += [plain(b.inlines) for b in section.blocks if hasattr(b, "inlines")]
    return "\n".join(lines)


def paragraphs(document: Document, style: str = "body") -> list[str]:
    return [
        plain(block.inlines)
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Paragraph) and block.style == style
    ]


def entries_said(document: Document) -> set[int]:
    return {entry for figure in figures(document) for entry in figure.entries}
