"""A paragraph with everything that has a source replaced by tokens, and back. Pure."""

import re
from dataclasses import dataclass, replace

from tracker.language.guard import stray_numbers
from tracker.language.qualifiers import AFTER_NUMBER, AFTER_UNIT, BEFORE, SYNONYMS
from tracker.language.rules import check
from tracker.releases.drafting.page import Line, Run

TOKEN = re.compile(r"⟦(\d{1,3})⟧")
LONGER = 2  # times the length of the paragraph
_QUALIFIERS = tuple(sorted({*BEFORE, *SYNONYMS, *AFTER_NUMBER, *AFTER_UNIT}, key=len, reverse=True))
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


@dataclass(frozen=True)
class Masked:
    """What the model sees, and the runs for which its tokens stand."""

    text: str
    kept: tuple[Run, ...]


class Unfit(Exception):
    """An answer that may not be taken; the message says why, in Chinese."""


def masked(line: Line) -> Masked:
    """Figures, dates, names, ordinals, approved words: each one token; and words that hold a number."""
    pieces, kept = [], []
    for run in line.runs:
        if run.figure or run.kind or run.passage or stray_numbers(run.text):
            kept.append(run)
            pieces.append(f"⟦{len(kept)}⟧")
        else:
            pieces.append(run.text)
    return Masked("".join(pieces), tuple(kept))


def unmasked(answer: str, line: Line) -> Line:
    """The line in the answer's words. Unfit unless only words changed, and not for the worse."""
    asked = masked(line)
    answer = answer.strip().strip("`").strip()
    _same_tokens(answer, asked)
    _nothing_numbered(answer, asked)
    _same_qualifiers(answer, asked)
    made = replace(line, runs=tuple(_runs(answer, asked)))
    _no_worse(made.text, line.text)
    return made


def _same_tokens(answer: str, asked: Masked) -> None:
    if not answer or "\n" in answer or _UNSEEN.search(answer):
        raise Unfit("回答不是一段完整的文字。")
    if len(answer) > LONGER * len(asked.text) + 20:
        raise Unfit("回答比原文长得太多。")
    if TOKEN.findall(answer) != TOKEN.findall(asked.text):
        raise Unfit("回答丢失、增加或调换了数字、日期、名称等有来源的内容。")
    if re.search("[⟦⟧]", TOKEN.sub("", answer)):
        raise Unfit("回答里有残缺的记号。")


def _nothing_numbered(answer: str, asked: Masked) -> None:
    found = stray_numbers(TOKEN.sub("\ufffc", answer))
    if found:
        raise Unfit(f"回答里多了数字“{found[0].raw}”。")


def _same_qualifiers(answer: str, asked: Masked) -> None:
    if _beside(answer) != _beside(asked.text):
        raise Unfit("回答改动了数字旁边的限定词。")


def _beside(text: str) -> list[tuple[str, str]]:
    """The qualifiers before and after each token."""
    found = []
    for match in TOKEN.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        found.append(
            (
                next((word for word in _QUALIFIERS if left.endswith(word)), ""),
                next((word for word in _QUALIFIERS if right.startswith(word)), ""),
            )
        )
    return found


def _runs(answer: str, asked: Masked):
    at = 0
    for number, match in enumerate(TOKEN.finditer(answer)):
        if match.start() > at:
            yield Run(answer[at : match.start()])
        yield asked.kept[number]
        at = match.end()
    if at < len(answer):
        yield Run(answer[at:])


def _no_worse(new: str, old: str) -> None:
    before, after = _hits(old), _hits(new)
    worse = sorted(rule for rule, count in after.items() if count > before.get(rule, 0))
    if worse:
        raise Unfit(f"回答新增了文字问题（{'、'.join(worse)}）。")


def _hits(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in check(text):
        found[one.rule] = found.get(one.rule, 0) + 1
    return found
