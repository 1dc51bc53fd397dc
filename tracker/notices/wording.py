"""The words of a notice: a pattern such as {期次}已退回，[原因：{原因}] that a city may change on a page.

A name in braces is filled in; what stands in square brackets falls away when a name in it has nothing
to say. Nothing else is read, so whatever people type stays text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import require
from tracker.language.figures import recognise

from .models import Kind, Wording, WordingVersion
from .rules import may_keep_notices

# What the verbs say, by the names under which a page offers it.
NAMES = {
    "agency": "单位",
    "round": "期次",
    "due": "截止时间",
    "days": "天数",
    "person": "人员",
    "reason": "原因",
    "release": "文稿",
    "plan": "计划",
    "count": "项数",
    "step": "步骤",
    "state": "状态",
}
# Reasons are written freely and may hold figures: they stay inside.
OUTSIDE = frozenset(NAMES) - {"reason"}
_NAME = re.compile(r"\{([^{}\[\]]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True)
class Pattern:
    """Title and text, not yet filled in."""

    title: str
    text: str

    @property
    def names(self) -> set[str]:
        return set(_NAME.findall(self.title + self.text))

    def fill(self, words: Mapping[str, object]) -> tuple[str, str]:
        """Title (one line) and text with the words in their places."""
        said = {NAMES.get(key, key): str(value) for key, value in words.items()}
        return " ".join(_filled(self.title, said).split()), _filled(self.text, said).strip()


def _filled(pattern: str, said: Mapping[str, str]) -> str:
    def optional(match: re.Match[str]) -> str:
        names = _NAME.findall(match[1])
        return match[1] if all(said.get(name) for name in names) else ""

    return _NAME.sub(lambda match: said.get(match[1], ""), _OPTIONAL.sub(optional, pattern))


@lru_cache
def default_of(kind: str) -> Pattern:
    """The product's own words."""
    path = settings.BASE_DIR / "templates" / "notices" / f"{Kind(kind)}.txt"
    title, _, text = path.read_text(encoding="utf-8").strip().partition("\n")
    return Pattern(title, text.strip())


def pattern_of(kind: str) -> Pattern:
    """The city's words where it has some, else the product's."""
    default = default_of(kind)
    row = Wording.objects.filter(kind=kind).first()
    return Pattern(row.title, row.text) if row else default


def outside(words: Mapping[str, object]) -> dict[str, object]:
    """Of the words those that may leave the product."""
    return {key: value for key, value in words.items() if key in OUTSIDE}


def problem_with(kind: str, title: str, text: str) -> str:
    """Why these words cannot be used for the kind, in Chinese; empty when they can."""
    pattern, known = Pattern(title, text), default_of(kind).names | {"单位", "期次"}
    if unknown := sorted(pattern.names - known):
        offered = "、".join(f"{{{name}}}" for name in sorted(known))
        return f"“{{{unknown[0]}}}”不能用在这里，可以用的有：{offered}。"
    if re.search(r"[{}\[\]]", _filled(title + text, dict.fromkeys(known, "一"))):
        return "花括号或方括号没有成对，请改正。"
    if recognise(_NAME.sub("", title + text)).figures:
        return "通知文字会发到单位以外，不能写具体数据。"
    return ""


@transaction.atomic
def save_wording(kind: str, title: str, text: str, *, by: User) -> Wording:
    """The city's own words for this kind from now on. ValueError, in Chinese, when they cannot be."""
    require(may_keep_notices(by))
    if problem := problem_with(kind, title, text):
        raise ValueError(problem)
    words = {"title": title, "text": text}
    row, _ = Wording.objects.update_or_create(kind=kind, defaults=words)
    _keep(kind, words, by)
    audit.record(by, "notice.word", row, kind=kind, **words)
    return row


@transaction.atomic
def reset_wording(kind: str, *, by: User) -> None:
    """The product's own words again."""
    require(may_keep_notices(by))
    if row := Wording.objects.filter(kind=kind).first():
        audit.record(by, "notice.unword", row, kind=kind)
        row.delete()
        default = default_of(kind)
        _keep(kind, {"title": default.title, "text": default.text}, by, is_own=False)


def _keep(kind: str, words: Mapping[str, str], by: User, *, is_own: bool = True) -> None:
    """Every version stays: what somebody was told can be read again."""
    last = WordingVersion.objects.filter(kind=kind).first()
    number = last.number + 1 if last else 1
    WordingVersion.objects.create(kind=kind, number=number, by=by, is_own=is_own, **words)
