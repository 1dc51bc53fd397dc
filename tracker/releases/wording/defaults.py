"""The default patterns: how a fact of each shape is said when nobody wrote a pattern of its own."""

from tracker.releases.patterns import Pattern, parse

SLOTS = {"动", "宾", "名", "数", "列", "起", "起值", "持", "整体", "目标", "限", "前"}

_SOURCES = {
    # verb + object + figure; the figure before the object where its unit can count it
    "verb": "{动}[{宾}]{数}",
    "counted": "{动}{数}{宾}",
    # goods are no money: their value is
    "worth": "{动}价值{数}的{宾}",
    "list": "{动}{列}",
    "holder": "{数}[{持}]{动}{宾}",
    "holder_after": "{持}{数}{动}{宾}",
    "share": "占{整体}的{数}",
    "rate": "{名}<达到|达>{数}",
    "sentence": "{名}{数}",
    "noun": "{名}达{数}",
    "having": "共有{列}",
    "reached": "{名}达到{数}",
    "raised": "{名}从[{起}的]{起值}提高至{数}[，增长{数.增幅}]",
    "lowered": "{名}从[{起}的]{起值}降至{数}[，下降{数.增幅}]",
    "kept": "{名}保持在{数}",
    "zero": "{名}为{数}",
    "part": "其中{列}",
}
_TAILS = {
    "year_on_year": "，同比{数.同比}",
    "completion": "，完成年度目标{目标}的{数.完成}",
    "pace": "，{数.序时}",
    "limit": "，控制在{限}的年度目标以内[，少{数.少}]",
}

PATTERNS: dict[str, Pattern] = {
    name: parse(source, slots=SLOTS) for name, source in (_SOURCES | _TAILS).items()
}
