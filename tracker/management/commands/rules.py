"""Print the rules that a text is checked by, as the page docs/rules.md."""

from collections.abc import Iterable

from django.core.management.base import BaseCommand

from tracker.language import rules as of_words
from tracker.releases.proof import GATES
from tracker.releases.proof.rulebook import RULES as OF_LEDGER

_SEVERITY = {"error": "E", "warning": "W", "information": "I"}
_HEAD = """# 校验规则

文稿校验时用的规则，由 `manage.py rules` 按代码里的规则表生成；每条都有正反两个例子，例子就是它的测试。

级别：E 错误，W 提醒，I 供参考。“必改”的不改（或不经第二人豁免）不能印发，其余只作提示。“默认不查”的要在规则表里另行打开。
另有三项关口：Z01 固定表述、Z02 领导姓名职务及排序、Z03 错敏词，对照本市维护的名单和词库，都必改。
还有三项按本市的设定提示：T15 规范用语、A08 机构名称（词典），N22 区间号（行文规范）。
"""


class Command(BaseCommand):
    help = "列出文稿校验的全部规则（Markdown），即 docs/rules.md"

    def handle(self, **options) -> None:
        self.stdout.write(page(), ending="")


def page() -> str:
    """The whole page."""
    plain = (
        (rule.id, _SEVERITY[rule.severity], rule.message, rule.bad, rule.good, rule.source, _note(rule.id, rule.default))
        for rule in of_words.RULES
    )  # fmt: skip
    bound = (
        (rule.id, rule.severity, rule.message, rule.bad, rule.good, rule.source, _note(rule.id))
        for rule in OF_LEDGER
    )
    return "\n".join(
        [_HEAD, "## 对照台账和全文的规则\n", *_table(bound), "\n## 只看文字的规则\n", *_table(plain), ""]
    )  # fmt: skip


def _note(code: str, default: bool = True) -> str:
    return "必改" if code in GATES else "" if default else "默认不查"


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    head = ["| 编号 | 级别 | 规则 | 错例 | 正例 | 依据 | 备注 |", "|---|---|---|---|---|---|---|"]
    return head + [f"| {' | '.join(map(_cell, row))} |" for row in sorted(rows)]


def _cell(text: str) -> str:
    return text.replace("\n", "⏎").replace("|", "\\|")
