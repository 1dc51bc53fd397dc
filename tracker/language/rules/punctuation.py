"""P: punctuation and wording."""

import re
from collections import Counter
from collections.abc import Iterator

from ..numerals import write_chinese
from ..prose import sentences
from .rule import HOUSE, LAYOUT, PRACTICE, PUNCTUATION, Place, Rule, Severity, mixed, pattern

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION
_CJK = "一-龥”）》"
_FIGURE = re.compile(r"\d[\d.,]{0,15}")
_OPENING, _RUN = 2, 3
_HALF_WIDTH = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
# 三、四级 at the head of a line is a grade.
_HEAD = re.compile(
    r"(?m)^[ \u3000]{0,4}(?P<number>[一二三四五六七八九十]{1,2})、(?![一二三四五六七八九十]{1,2}[级等档类期批届季月年])"
)
_SLOT = re.compile(r"【[^】\n]{0,80}】")
_COLONS = re.compile(r"(?<=：)[^：。；！？\n“”]{2,40}：")
_ORDER = {write_chinese(number): number for number in range(1, 31)}


def _unpaired(text: str) -> Iterator[Place]:
    """Quotes within one paragraph; a quotation over several paragraphs opens each of them."""
    position = 0
    for paragraph in text.split("\n"):
        if paragraph.count("“") < paragraph.count("”"):
            yield position + paragraph.rindex("”"), position + paragraph.rindex("”") + 1, None
        elif paragraph.count("“") > paragraph.count("”") and not paragraph.lstrip().startswith("“"):
            yield position + paragraph.rindex("“"), position + paragraph.rindex("“") + 1, None
        position += len(paragraph) + 1


def _too_long(text: str) -> Iterator[Place]:
    for sentence in sentences(text):
        limit = 150 if "；" in sentence.text or ";" in sentence.text else 120
        if len(sentence.text) > limit or len(_FIGURE.findall(sentence.text)) > 8:
            yield sentence.start, sentence.end, None


def _same_openers(text: str) -> Iterator[Place]:
    run = []
    for sentence in sentences(text):
        same = run and sentence.text[:_OPENING] == run[-1].text[:_OPENING]
        run = [*run, sentence] if same else [sentence]
        if len(run) == _RUN:
            yield sentence.start, sentence.start + _OPENING, None


def _headings_skip(text: str) -> Iterator[Place]:
    last = 0
    for match in _HEAD.finditer(text):
        number = _ORDER.get(match["number"], 0)
        if number not in (last + 1, 1):
            yield match.start("number"), match.end("number"), None
        last = number


def _two_colons(text: str) -> Iterator[Place]:
    """Not counting the colon of an open slot, 【待补：…】."""
    plain = _SLOT.sub(lambda match: "□" * len(match[0]), text)
    yield from ((match.start(), match.end(), None) for match in _COLONS.finditer(plain))


def _repeated_word(text: str) -> Iterator[Place]:
    """The same adverb or verb twice in a short clause: 联合…联合下发."""
    for match in re.finditer(r"[^，。；、：！？,;:\n]{6,40}", text):
        words = Counter(re.findall(r"(?=(联合|进一步|积极|充分|认真|切实))", match[0]))
        for word, count in words.items():
            if count > 1:
                start = match.start() + match[0].rindex(word)
                yield start, start + len(word), None


RULES = (
    Rule("P01", _W, "引号、书名号并列时不加顿号。", PUNCTUATION, "“实干”、“创新”", "“实干”“创新”", pattern(r"(?<=[”》])、(?=[“《])", "")),
    Rule("P02", _E, "中文里用全角标点。", PUNCTUATION, "同志们,大家好。", "同志们，大家好。", pattern(rf"(?<=[{_CJK}])[,:;!?](?=[{_CJK}“《（]|\s|$)", lambda match: _HALF_WIDTH[match[0]]), default=False),
    Rule("P03", _E, "引号不成对。", PUNCTUATION, "开展“牵手行动。", "开展“牵手”行动。", _unpaired),
    Rule("P04", _E, "一是后面不加顿号，第一后面用逗号，带括号的序号后面不加标点。", PUNCTUATION, "一是、加强领导。", "一是加强领导。", pattern(r"(?P<point>[一二三四五六七八九十]是)、|(?P<ordinal>第[一二三四五六])、(?![二三四五六七])|(?P<bracket>[(（][一二三四五六七八九十]{1,2}[)）])[、，,.]", lambda match: match["point"] or (match["ordinal"] + "，" if match["ordinal"] else match["bracket"]))),
    Rule("P05", _W, "同一层次的序号写法不一。", LAYOUT, "1、学习。2.落实。", "1.学习。2.落实。", mixed(r"(?:(?<=[。；\n])|^)\d{1,2}、", r"(?:(?<=[。；\n])|^)\d{1,2}\.(?!\d)")),
    Rule("P06", _W, "独立成行的标题末尾不用句号。", LAYOUT, "一、加强领导。\n全市推进。", "一、加强领导\n全市推进。", pattern(r"(?m)^(?P<title>[一二三四五六七八九十]{1,2}、[^。\n]{2,30})。$", r"\g<title>")),
    Rule("P07", _E, "等与省略号不连用。", PUNCTUATION, "种植、养殖等……", "种植、养殖等", pattern(r"等(?:……|…|\.{3,6})", "等")),
    Rule("P08", _W, "一句里套用两个冒号。", PUNCTUATION, "会议强调：做到三点：学习、落实。", "会议强调，做到三点：学习、落实。", _two_colons),
    Rule("P09", _E, "字重复。", PRACTICE, "取得了了成效。", "取得了成效。", pattern(r"的的(?!确)|(?<![为明解])了了|和和(?!美|气)|(?<!实)在在(?!职|校|编|册|建)|是是(?!非)", lambda match: match[0][0])),
    Rule("P10", _W, "动词前用地。", PRACTICE, "更好的保障民生。", "更好地保障民生。", pattern(r"(?P<adverb>更好|更多|更快|更加有效|积极|努力|扎实|全面|稳步)的(?=保障|推动|推进|服务|促进|落实|发展|提升|开展)", r"\g<adverb>地")),
    Rule("P12", _W, "一个分句里动词重复。", PRACTICE, "联合市扶贫办和市财政局联合下发文件。", "市扶贫办和市财政局联合下发文件。", _repeated_word),
    Rule("P13", _W, "句子太长或数字太多，请拆开或列表。", HOUSE, "全市" + "持续推进各项工作" * 16 + "。", "全市持续推进各项工作。", _too_long),
    Rule("P14", _I, "连着三句开头相同。", HOUSE, "全市开展培训。全市举办讲座。全市发放资料。", "全市开展培训。各县举办讲座。工会发放资料。", _same_openers),
    Rule("P15", _I, "App不全用大写。", PRACTICE, "下载工会APP。", "下载工会App。", pattern(r"(?<![A-Za-z])(?:APP|app)(?![A-Za-z])", "App")),
    Rule("P16", _E, "标题序号跳号或重复。", LAYOUT, "一、学习\n三、落实", "一、学习\n二、落实", _headings_skip),
    Rule("P19", _E, "句号、逗号重复。", PUNCTUATION, "工作完成。。", "工作完成。", pattern(r"(?P<mark>[。，、；：])(?P=mark)+", r"\g<mark>")),
    Rule("P20", _W, "带括号的序号用全角括号。", LAYOUT, "(一)加强领导", "（一）加强领导", pattern(r"(?m)^\((?P<number>[一二三四五六七八九十]{1,2})\)", r"（\g<number>）")),
    Rule("P21", _E, "省略号用六个点。", PUNCTUATION, "还有...", "还有……", pattern(r"(?<=[一-龥])(?:\.{3,6}|。{3,6})", "……")),
)  # fmt: skip
