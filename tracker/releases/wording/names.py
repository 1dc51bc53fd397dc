"""Take an indicator's name apart, so that its figure gets a sentence and not a cell."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tracker.catalogue.clauses import parts as around_number
from tracker.language.fixed_words import any_of
from tracker.releases.facts import Topic

from .verbs import (
    COPULAS,
    COUNTERS,
    DONE_BY_PEOPLE,
    HOLDERS,
    HOLDING,
    INNER,
    META,
    NOISE,
    NOUN_TAILS,
    NOUNY,
    VERBS,
)


class Shape(StrEnum):
    """Which kind of clause a name makes."""

    VERB = "verb"  # 救助困难农民工 7352人次
    HOLDER = "holder"  # 17家单位获…
    SHARE = "share"  # 占…的 63.15%
    RATE = "rate"  # …率达到 53%
    SENTENCE = "sentence"  # 工友创业园直接吸纳就业 3万余人
    NOUN = "noun"  # 共有 “工字号”基地 1083家


@dataclass(frozen=True)
class Phrase:
    """`verb` and `thing` as the shape needs them; `noun` is the name fit to stand alone."""

    shape: Shape
    noun: str
    verb: str = ""
    thing: str = ""


_TRAILING_NOTE = re.compile(r"[（(]([^（）()]{1,20})[）)]$")
_SHARE = re.compile(r"占(?P<whole>.{2,40}?)的?(?:比例|比重|占比|百分比)")
_RATE = re.compile(r".{1,40}(?:率|比例|比重|占比|程度|指数|满意度)")
_RELATIVE = re.compile(rf"(?P<verb>{'|'.join(HOLDING)})(?P<thing>.{{2,40}})的(?P<holder>.{{2,20}})")
_AWARD = re.compile(
    rf"(?P<verb>荣获|获得|获评|获)(?P<thing>.{{2,40}}?)的?(?P<holder>{'|'.join(HOLDERS)})"
)
_ADVERB = re.compile(r"(?:年均|月均|人均|日均|累计|直接|共|新|拟|计划)")
_VERB = any_of(VERBS)
PEOPLE = frozenset(["人", "名", "户", "位", "家"])
_INNER = any_of(INNER)


def bare(name: str) -> str:
    """The name without a note that only repeats the unit: 保障农村低保家庭（人） -> 保障农村低保家庭."""
    note = _TRAILING_NOTE.search(name)
    return name[: note.start()] if note and note[1] in NOISE else name


def stem(name: str) -> str:
    """The name without a word for the kind of number: 选派第一书记人数 -> 选派第一书记."""
    for word in sorted(META, key=len, reverse=True):
        if name.endswith(word) and len(name) > len(word) + 1:
            return name[: -len(word)]
    return name


@cache
def phrase_of(topic: Topic) -> Phrase:
    """How the topic's name and verb are said."""
    if topic.clause:
        return _worded(topic)
    name = bare(topic.name)
    verb = "" if topic.verb in COPULAS or name.startswith("受益") else topic.verb
    if share := _SHARE.fullmatch(name) or (topic.verb == "占" and _SHARE.fullmatch(f"占{name}")):
        return Phrase(Shape.SHARE, name, thing=share["whole"])
    if topic.unit in ("%", "‰") or (topic.measure == "ratio" and not verb):
        return Phrase(Shape.RATE, name)
    return _held(name, verb, topic.unit) or _clause_of(name, verb, topic.unit)


def _worded(topic: Topic) -> Phrase:
    """Of a clause that the catalogue keeps: what it begins with tells whether 累计 may stand before it."""
    before, after = around_number(topic.clause)
    name, verb = bare(topic.name), leading_verb(before)
    if topic.verb and before.startswith(topic.verb):
        verb = topic.verb
    if not verb:
        return Phrase(Shape.SENTENCE if before else Shape.HOLDER, name, thing=after)
    return Phrase(Shape.VERB, name, verb, before[len(verb) :] + after)


def _held(name: str, verb: str, unit: str) -> Phrase | None:
    """17家单位获…, 61257名贫困人口纳入社会救助: the figure counts those who do it."""
    full = name if not verb or verb in name else verb + name
    found = _RELATIVE.fullmatch(name) or _AWARD.fullmatch(name) or _RELATIVE.fullmatch(full)
    if found is None or unit not in COUNTERS and (verb or unit not in PEOPLE):
        return None
    return Phrase(Shape.HOLDER, found["holder"], found["verb"], found["thing"])


def _clause_of(name: str, verb: str, unit: str) -> Phrase:
    phrase = _clause(stem(name), verb)
    if phrase.shape == Shape.VERB and phrase.verb in DONE_BY_PEOPLE and unit in PEOPLE:
        return Phrase(Shape.HOLDER, "", phrase.verb, phrase.thing)
    if phrase.shape == Shape.VERB or _tells(phrase.noun):
        return phrase
    # 电商培训服务人数 without 人数 would no longer be a noun.
    return Phrase(Shape.NOUN if stem(name) != name else phrase.shape, name)


def _clause(name: str, verb: str) -> Phrase:
    if verb and name.startswith(verb):
        return Phrase(Shape.VERB, name, verb, name[len(verb) :])
    if verb and verb not in name:
        return Phrase(Shape.VERB, name, verb, name)
    found = None if verb else leading_verb(name)
    if found:
        return Phrase(Shape.VERB, name, found, name[len(found) :])
    if verb or _ADVERB.match(name) or _tells(name):
        return Phrase(Shape.SENTENCE, name)
    return Phrase(Shape.NOUN, name)


def _tells(name: str) -> bool:
    """A verb with its object inside the name: 工友创业园直接吸纳就业."""
    return any(
        not name[match.end() :].startswith(NOUN_TAILS) and match.end() < len(name)
        for match in _INNER.finditer(name, 2)
    )


def leading_verb(name: str) -> str:
    """The verb that a name begins with, empty when its beginning is a noun (培训班)."""
    match = _VERB.match(name)
    if match is None:
        return ""
    rest = name[match.end() :]
    noun = match[0] in NOUNY and rest.startswith(NOUN_TAILS)
    return "" if not rest or noun or rest.startswith("、") else match[0]


def part_name(name: str) -> str:
    """A part's name after its whole: 示范村中的贫困村 -> 贫困村."""
    _, inside, rest = bare(name).partition("中的")
    return rest if inside and rest else bare(name)
