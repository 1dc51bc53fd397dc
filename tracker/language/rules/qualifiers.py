"""Q: 余, 多, 约, 近, 超 and what may not stand together."""

import re

from .rule import HOUSE, PRACTICE, Rule, Severity, pattern

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION
_N = r"\d{1,9}(?:\.\d{1,4})?"


def _without_residual(match: re.Match[str]) -> str:
    return re.sub("[余多]", "", match[0])


RULES = (
    Rule("Q01", _E, "限定词重复。", PRACTICE, "投入超5000余万元。", "投入超5000万元。", pattern(rf"(?:超过?|逾|近|约|突破)了?{_N}(?:[余多][万亿]?|[万亿][余多])(?=[一-龥])", _without_residual)),
    Rule("Q02", _E, "约、近与左右、上下重复。", PRACTICE, "约150人左右。", "约150人。", pattern(rf"(?P<keep>(?:大?约|近|将近|接近){_N}[余多万亿]{{0,2}}[一-龥%]{{0,3}}?)(?:左右|上下)", r"\g<keep>")),
    Rule("Q03", _E, "不少于、至少与以上，不超过、最多与以内重复。", PRACTICE, "不低于5000元以上。", "不低于5000元。", pattern(rf"(?P<keep>(?:至少|不少于|不低于|超过?|逾|高于|最低){_N}[余多万亿]{{0,2}}[一-龥%]{{0,3}}?)以上|(?P<keep2>(?:最多|不超过|不高于|最高|不到|不足|低于){_N}[余多万亿]{{0,2}}[一-龥%]{{0,3}}?)(?:以内|以下|之内)", lambda match: match["keep"] or match["keep2"])),
    Rule("Q04", _I, "约与精确到小数的数不相称。", PRACTICE, "约81.88万元。", "约82万元。", pattern(r"(?<!折合)(?<!价值)(?<![节契公预签合])约\d{1,9}\.\d{2,4}[万亿]?[元人户亩吨]")),
    Rule("Q05", _W, "小数后不用余、多，请按原始数改写。", PRACTICE, "吸纳13.5万余人。", "吸纳13.5万人。", pattern(r"\d{1,9}\.\d{1,4}(?:[余多][万亿]|[万亿][余多])")),
    Rule("Q06", _E, "余、多要放在量词前面。", PRACTICE, "吸纳2万人余。", "吸纳2万余人。", pattern(r"(?P<number>\d{1,9}[万亿])(?P<unit>人次|人|元|户|名|家)(?P<word>[余])(?![额下款粮热])", r"\g<number>\g<word>\g<unit>")),
    Rule("Q09", _I, "共计、合计应当是确数。", HOUSE, "共计300余人。", "共计312人。", pattern(rf"(?:共计|合计|总计)(?:约|近)?{_N}(?:[余多]|[万亿][余多])"), default=False),
    Rule("Q10", _E, "以上与以下都含本数，同一个数分在两边。", "民法典第1259条", "80分以上为优秀，80分以下为合格。", "80分以上为优秀，不满80分为合格。", pattern(r"(?P<n>\d{1,6}(?:\.\d{1,2})?[一-龥%])(?:及)?以上[^。；\n]{0,20}?(?P=n)(?:及)?以下")),
    Rule("Q12", _E, "将近、近与多、余方向相反。", PRACTICE, "将近3000多人。", "将近3000人。", pattern(rf"(?:将近|接近){_N}(?:[余多][万亿]?|[万亿][余多])(?=[一-龥])", _without_residual)),
    Rule("Q13", _W, "之多与约、近不相称。", PRACTICE, "达近100家之多。", "达近100家。", pattern(rf"(?P<keep>(?:约|近){_N}[万亿]?[一-龥]{{1,2}})之多", r"\g<keep>")),
)  # fmt: skip
