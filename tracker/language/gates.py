"""Gates that no text passes unless a second person lets it: privacy, marks of secrecy, fixed formulas, sensitive terms.

Pure. A city adds formulas and terms of its own; those here are the ones that hold everywhere.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .rules.rule import Finding, Severity

_PERSONAL = (
    (r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])", "公开的文字里不能有身份证号码。"),
    (r"(?<!\d)1[3-9]\d{9}(?!\d)", "公开的文字里不能有个人手机号码。"),
    (r"(?:银行卡|卡号|账号|帐号)[号为是：: ]{0,3}(?P<n>\d[\d ]{13,22}\d)", "公开的文字里不能有银行账号。"),
    (r"(?<![\d.])62\d{14,17}(?!\d)", "公开的文字里不能有银行账号。"),
)  # fmt: skip
_SECRET = re.compile(
    r"(?:绝密|机密|秘密)[ \u3000]?(?:[★☆]|级)|(?:内部资料|内部文件|内部传阅|内部使用|仅供内部[一-龥]{0,4}|工作秘密)|(?:不得|请勿|严禁)外传|注意保密"
)
_LEAST = 4


@dataclass(frozen=True)
class Term:
    """A term that is wrong wherever it stands, unless one of `except_in` holds it."""

    wrong: str
    right: str
    message: str
    except_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Formula:
    """A fixed list: its members, all and in this order."""

    name: str
    members: tuple[str, ...]

    @property
    def text(self) -> str:
        return "、".join(self.members)


@dataclass(frozen=True)
class Official:
    """A person with every post that he held or holds."""

    name: str
    posts: tuple[str, ...]


def check_gates(
    text: str,
    *,
    public: bool = True,
    terms: Sequence[Term] = (),
    formulas: Sequence[Formula] = (),
    officials: Sequence[Official] = (),
) -> Iterator[Finding]:
    """Everything that stops the text. `public`: it is meant for everybody, not for the house."""
    yield from _personal(text)
    if public:
        for match in _SECRET.finditer(text):
            yield _gate(
                "T13", match.start(), match.end(), "公开的文字里不能有密级或内部标志。", None
            )
    for formula in (*usual_formulas(), *formulas):
        yield from _misquoted(text, formula)
    for term in (*usual_terms(), *terms):
        yield from _sensitive(text, term)
    yield from _posts(text, officials)


def _gate(rule: str, start: int, end: int, message: str, suggestion: str | None) -> Finding:
    return Finding(rule, Severity.ERROR, start, end, message, suggestion)


def _personal(text: str) -> Iterator[Finding]:
    seen: set[int] = set()
    for pattern, message in _PERSONAL:
        for match in re.finditer(pattern, text):
            group = "n" if "n" in match.re.groupindex else 0
            if match.start(group) not in seen:
                seen.add(match.start(group))
                yield _gate("T12", match.start(group), match.end(group), message, None)


def _misquoted(text: str, formula: Formula) -> Iterator[Finding]:
    """A list of nearly all its members, but not the whole in its order."""
    members = sorted(formula.members, key=len, reverse=True)
    one = "|".join(map(re.escape, members))
    for match in re.finditer(
        rf"(?:{one})(?:[、，和及与]{{1,2}}(?:{one})){{{max(1, len(members) - 2)},12}}", text
    ):
        if match[0] != formula.text and len(members) >= _LEAST:
            message = f"“{formula.name}”的固定表述是“{formula.text}”。"
            yield _gate("Z01", match.start(), match.end(), message, formula.text)


def _sensitive(text: str, term: Term) -> Iterator[Finding]:
    start = text.find(term.wrong)
    while start >= 0:
        end = start + len(term.wrong)
        around = text[max(0, start - 12) : end + 12]
        if not any(exception in around for exception in term.except_in):
            yield _gate("Z03", start, end, term.message, term.right or None)
        start = text.find(term.wrong, end)


_TITLE = r"(?P<title>[一-龥]{0,16}(?:书记|主席|主任|局长|市长|县长|区长|州长|镇长|乡长|部长|会长|院长|秘书长|处长|科长|厅长|发言人))[ \u3000]{0,2}"


def _posts(text: str, officials: Sequence[Official]) -> Iterator[Finding]:
    """The title just before a name must be one of the person's posts."""
    for official in officials:
        if len(official.name) < 2 or official.name not in text:
            continue
        for match in re.finditer(_TITLE + re.escape(official.name), text):
            if not any(_same_post(match["title"], post) for post in official.posts):
                known = "、".join(official.posts)
                yield _gate(
                    "Z02",
                    match.start("title"),
                    match.end(),
                    f"{official.name}的职务在名册中是“{known}”。",
                    None,
                )


def _same_post(title: str, post: str) -> bool:
    return title.endswith(post) or post.endswith(title)


@cache
def usual_terms() -> tuple[Term, ...]:
    return tuple(
        Term(
            row["wrong"],
            row["right"],
            row["message"],
            tuple(filter(None, row["except"].split("|"))),
        )
        for row in _rows("sensitive.csv")
    )


@cache
def usual_formulas() -> tuple[Formula, ...]:
    return tuple(
        Formula(row["name"], tuple(row["members"].split("|"))) for row in _rows("formulas.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / "words" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
