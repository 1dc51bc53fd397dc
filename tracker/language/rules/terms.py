"""T, A07, P11: terms with their dates of validity (words/terms.csv), and what may not stand in public text."""

import csv
import re
from datetime import date
from pathlib import Path

from .rule import PRACTICE, Rule, Severity, pattern

TERMS = Path(__file__).parents[1] / "words" / "terms.csv"


def read_terms(file: Path) -> tuple[Rule, ...]:
    """One rule for each row of a dictionary of terms: columns as in words/terms.csv."""
    with file.open(encoding="utf-8", newline="") as stream:
        return tuple(term(row) for row in csv.DictReader(stream))


def term(row: dict[str, str]) -> Rule:
    """The rule of one row; `not_after` and `not_before` are words parted by | that make it legitimate."""
    before = "".join(f"(?<!{re.escape(word)})" for word in row["not_after"].split("|") if word)
    after = f"(?!{row['not_before']})" if row["not_before"] else ""
    find = pattern(before + re.escape(row["wrong"]) + after, row["right"] or None)
    return Rule(
        row["id"], Severity(row["severity"]), row["message"], row["source"], row["wrong"], row["right"], find,
        valid_from=_day(row["from"]), valid_to=_day(row["to"]),
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_PRIVATE = r"(?<![\dA-Za-z])(?:\d{17}[\dXx]|1[3-9]\d{9}|62\d{14,17})(?!\d)"

RULES = (
    *read_terms(TERMS),
    Rule("T12", Severity.ERROR, "公开文稿里不能出现身份证号、手机号、银行卡号。", "个人信息保护法", "联系13800138000。", "联系街道办事处。", pattern(_PRIVATE)),
    Rule("T13", Severity.ERROR, "公开文稿里不能出现密级或内部标志。", "保守国家秘密法", "机密★1年", "公开", pattern(r"(?:绝密|机密|秘密)(?:★|☆|\*)|内部资料[，,]?\s?(?:注意保存|严禁外传|不得外传)|(?m:^)\s{0,4}(?:绝密|机密|秘密|内部文件)\s{0,4}$")),
    Rule("T14", Severity.WARNING, "首家、唯一、率先要有依据。", PRACTICE, "全国首家工会服务站", "工会服务站", pattern(r"(?:全国|全省|全市|国内|世界)(?:首家|首个|唯一|第一家|率先)"), default=False),
)  # fmt: skip
