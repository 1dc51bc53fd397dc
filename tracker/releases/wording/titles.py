"""A programme's name with the verb that goes with it: 开展提升素质行动, 实施“希望工程”救助项目."""

import re

from tracker.releases.material import Programme

from .names import leading_verb
from .verbs import NOUNY, TITLED

WITHIN = ("行动", "活动", "竞赛", "项目", "计划", "工程")
"""Ends of names that one can act within."""

_NOTE = re.compile(r"[（(][^（）()]{1,30}[）)]")
_OVERALL = ("总体", "概况", "总览", "综述", "整体情况")
# End of the name, its verb, and another one for where the words that follow begin with the first.
_VERBS = (
    (("行动", "活动", "竞赛", "培训"), "开展", "组织"),
    (("项目", "工程", "计划", "制度", "政策"), "实施", "推进"),
    (("体系", "机制", "网络"), "完善", "健全"),
    (("标准",), "提高", "提高"),
    (("救助", "帮扶", "关爱", "治理", "建设", "服务", "监管"), "加强", "推进"),
    (("保障", "供养", "补贴", "低保", "待遇"), "落实", "做好"),
    (("创建", "协作", "合作"), "深化", "推进"),
    (("带头人", "人才", "典型"), "培育", "选树"),
    (("兜底",), "做好", "抓好"),
)
_NEAR = 16  # characters of what follows in which a verb is not said again
_BEGINNINGS = (
    "坚持", "把", "按照", "围绕", "依托", "以", "通过", "针对", "采取", "会同", "打通", "建立", "分类", "汇集", "动员",
    "畅通", "健全", "推行", "组织", "发挥", "联合", "制定", "完善", "加强", "开展", "聚焦", "对照", "与", "为",
    "发动", "统筹", "推动", "落实", "整合", "设立",
)  # fmt: skip


def bare(programme: Programme) -> str:
    """The name without notes in brackets, and without a word that only says that it is the whole."""
    name = _NOTE.sub("", programme.name).strip()
    return next((name.removesuffix(end) for end in _OVERALL if name.endswith(end)), name) or name


def title_of(programme: Programme, told: str = "") -> str:
    """The name with a verb that fits its end; `told`: words that follow, which do not say the same verb again."""
    name = bare(programme)
    if name.startswith(TITLED) or leading_verb(name) not in {"", *NOUNY}:
        return name
    for ends, usual, other in _VERBS:
        if name.rstrip("”").endswith(ends):
            return _with(usual if usual not in told[:_NEAR] else other, name, programme)
    return f"推进{name}" if "推进" not in told[:_NEAR] else f"抓好{name}"


def _with(verb: str, name: str, programme: Programme) -> str:
    """Standards were raised only where the figures say so."""
    standards = [fact for fact in programme.facts if fact.about("start")]
    raised = standards and all(fact.value > fact.about("start").value for fact in standards)
    return name if verb == "提高" and not raised else f"{verb}{name}"


def begins_with_a_verb(words: str) -> bool:
    """坚持…, 把…, 按照…: an agency may stand right before it."""
    return words.startswith(_BEGINNINGS)
