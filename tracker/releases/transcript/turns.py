"""Shorthand notes as turns: who speaks, and in which paragraphs. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a turn is in the course of a conference."""

    HOST = "host"
    TALK = "talk"
    QUESTION = "question"
    ANSWER = "answer"
    LEFT_OUT = "left_out"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.HOST: "主持",
    Kind.TALK: "发布",
    Kind.QUESTION: "提问",
    Kind.ANSWER: "回答",
    Kind.LEFT_OUT: "不收录",
}
TITLES = "主席|书记|局长|主任|部长|厅长|处长|科长|会长|院长|校长|秘书长|市长|区长|县长|总经理|董事长|发言人|负责人|发布人|委员|专员|教授|经理|队长|站长|所长"
HOST = re.compile(r"主持")
REPORTER = re.compile(r"记者|媒体|网友")
_WHO = (
    rf"[^：:。！？!?\n]{{0,40}}?(?:主持人|主持|记者|媒体|网友|{TITLES})[^：:。！？!?\n，,]{{0,12}}"
)
_SPOKEN = re.compile(rf"[【\[]?(?P<who>{_WHO})[】\]]?\s*[：:]\s*(?P<words>.*)", re.DOTALL)
_BRACKETED = re.compile(r"【(?P<who>[^【】]{1,40})】\s*[：:]?\s*(?P<words>.*)", re.DOTALL)
_MARKED = re.compile(r"(?P<who>问|答)\s*[：:]\s*(?P<words>.*)", re.DOTALL)
_ALONE = re.compile(rf"[^。！？!?；;：:]{{0,40}}(?:主持人|{TITLES})[\s　]*[一-龥·]{{2,8}}")
_ASIDE = re.compile(r"[（(](?:摄影|图|图为|拍摄|掌声|笑)[^（）()]{0,60}[)）]")


@dataclass(frozen=True)
class Voice:
    """Somebody whose talk the material holds: agency and person as it names them."""

    key: str
    agency: str
    short_name: str
    post: str = ""
    name: str = ""

    def is_meant(self, words: str) -> bool:
        """Does what stands before the colon name this speaker?"""
        flat = re.sub(r"[\s　]", "", words)
        if self.name:
            return self.name in flat or self._surname_and_title(flat)
        return any(one and one in flat for one in (self.agency, self.short_name))

    def _surname_and_title(self, words: str) -> bool:
        titles = re.findall(TITLES, self.post)
        return bool(titles) and f"{self.name[:1]}{titles[-1]}" == words


@dataclass(frozen=True)
class Turn:
    """What one person says without a break; `said` is how the notes name them, `voice` a Voice's key."""

    number: int
    said: str
    kind: Kind
    paragraphs: tuple[str, ...]
    voice: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


def read_turns(lines: Iterable[str], voices: Sequence[Voice]) -> tuple[Turn, ...]:
    """The turns of the notes, in order; what stands before the first speaker is a turn of nobody."""
    turns: list[tuple[str, list[str]]] = [("", [])]
    for line in lines:
        line = _ASIDE.sub("", line).strip()
        who, words = _spoken(line, voices)
        if who:
            turns.append((who, [words] if words else []))
        elif line:
            turns[-1][1].append(line)
    return _told([turn for turn in turns if turn[1]], voices)


def _spoken(line: str, voices: Sequence[Voice]) -> tuple[str, str]:
    """Who begins to speak in this line and with which words; nobody when it only goes on."""
    for pattern in (_BRACKETED, _MARKED, _SPOKEN):
        if match := pattern.fullmatch(line):
            return match["who"].strip(" 　【】[]"), match["words"].strip()
    head, colon, words = line.replace(":", "：", 1).partition("：")
    if colon and len(head) <= 40 and any(voice.is_meant(head) for voice in voices):
        return head.strip(), words.strip()
    if _ALONE.fullmatch(line) and any(voice.is_meant(line) for voice in voices):
        return line, ""
    return "", ""


def _told(turns: Sequence[tuple[str, list[str]]], voices: Sequence[Voice]) -> tuple[Turn, ...]:
    """Each turn with its kind: a talk is given once, before any question; what follows one answers it."""
    told: list[Turn] = []
    asked = False
    for number, (who, paragraphs) in enumerate(turns):
        voice = next((one.key for one in voices if who and one.is_meant(who)), "")
        kind = _kind(who, voice, asked, {turn.voice for turn in told if turn.kind == Kind.TALK})
        asked = asked or kind == Kind.QUESTION
        told.append(Turn(number, who, kind, tuple(paragraphs), voice))
    return tuple(told)


def _kind(who: str, voice: str, asked: bool, talked: set[str]) -> Kind:
    if not who:
        return Kind.LEFT_OUT
    if HOST.search(who):
        return Kind.HOST
    if who == "问" or REPORTER.search(who):
        return Kind.QUESTION
    if who == "答" or asked:
        return Kind.ANSWER
    return Kind.TALK if voice and voice not in talked else Kind.ANSWER if voice else Kind.HOST
