"""One programme as a paragraph: its title, what was done, then the numbers."""

import re
from collections.abc import Sequence

from tracker.documents.tree import Inline, Inlines, Ordinal, Paragraph, Text, plain
from tracker.language.guard import stray_numbers
from tracker.language.prose import point
from tracker.releases.facts import Fact
from tracker.releases.material import Contributor, Programme
from tracker.releases.patterns.rendering import merged

from .clauses import clauses
from .names import leading_verb
from .own import sentence as own_sentence
from .sentences import Timeline, by_period, sentences
from .verbs import NOUNY, TITLED
from .voice import Voice

ANEW = ("一", "首先", "近", "自", "在", "（", "“")
TOLD = ("practice", "case", "honour")
_NOTE = re.compile(r"[（(][^（）()]{1,30}[）)]")
_TITLE_VERBS = (
    (("行动", "活动", "竞赛", "培训"), "开展"),
    (("项目", "工程", "计划", "制度", "政策"), "实施"),
    (("体系", "机制", "网络"), "完善"),
    (("标准",), "提高"),
    (("救助", "帮扶", "关爱", "治理", "建设", "服务", "监管"), "加强"),
    (("保障", "供养", "补贴", "低保", "待遇"), "落实"),
    (("创建", "协作", "合作"), "深化"),
    (("带头人", "人才", "典型"), "培育"),
)


def title_of(programme: Programme) -> str:
    """实施“希望工程”救助项目: the name with a verb that fits its end, notes in brackets left out."""
    name = _NOTE.sub("", programme.name).strip()
    if name.startswith(TITLED) or leading_verb(name) not in {"", *NOUNY}:
        return name
    standards = [fact for fact in programme.facts if fact.about("start")]
    raised = all(fact.value > fact.about("start").value for fact in standards)
    for ends, verb in _TITLE_VERBS:
        if name.rstrip("”").endswith(ends):
            return name if verb == "提高" and not (standards and raised) else f"{verb}{name}"
    return f"推进{name}" if name.endswith(("化", "改革", "攻坚")) else f"抓好{name}"


def paragraph(
    programme: Programme, voice: Voice, timeline: Timeline, number: int = 0
) -> Paragraph | None:
    """What was done and then the numbers; with `number` it begins 一是…。 None if there is nothing."""
    done = practice(programme, voice)
    counted = numbers(programme, voice, timeline)
    if not done and not counted:
        return None
    inlines: list[Inline] = []
    if number:
        inlines += [
            Ordinal(point(number)),
            voice.words(title_of(programme)),
            _mark(done or counted),
        ]
    elif not done:
        inlines += _lead_in(programme, voice)
    inlines += [*done, *counted, *_passages(programme, "honour", voice)]
    return Paragraph(merged(inlines), key=f"programme{programme.id}")


def _mark(following: Inlines) -> Text:
    """一是开展提升素质行动，按照…: a full stop only where what follows begins anew."""
    return Text("。" if plain(following).startswith(ANEW) else "，")


def practice(programme: Programme, voice: Voice) -> Inlines:
    """The approved 做法 verbatim; without one, the purpose that the catalogue keeps."""
    told = _passages(programme, "practice", voice)
    return told or _purpose(programme, voice)


def _passages(programme: Programme, kind: str, voice: Voice) -> Inlines:
    return tuple(node for words in programme.passages(kind) for node in voice.passage(words))


def _purpose(programme: Programme, voice: Voice) -> Inlines:
    purpose = programme.purpose.strip().rstrip("。；;，,")
    if not purpose:
        return ()
    if stray_numbers(purpose, voice.material.names):
        voice.remark(f"项目“{programme.name}”的目的中含有数字，未写入正文。")
        return ()
    return (Text(f"{purpose}。"),)


def _lead_in(programme: Programme, voice: Voice) -> Inlines:
    """Without anything told, the programme's own name leads to its numbers."""
    return (voice.words(f"{title_of(programme)}。"),)


def opened(one: Contributor, programme: Programme, voice: Voice, *, goes_on: bool) -> Inlines:
    """济南市总工会开展提升素质行动，: who it was, before what was done; a sentence where nothing is told."""
    mark = Text("，" if goes_on else "。")
    return (voice.agency(one), voice.words(title_of(programme)), mark)


def numbers(programme: Programme, voice: Voice, timeline: Timeline) -> Inlines:
    """The programme's own sentence, where the city has one that fits, and all that it leaves out."""
    own, said = own_sentence(programme, voice, timeline)
    rest = [fact for fact in programme.facts if fact.key not in said]
    return merged([*own, *figures(rest, voice, timeline)])


def figures(facts: Sequence[Fact], voice: Voice, timeline: Timeline) -> Inlines:
    """All facts of a programme as sentences, each group of one period after its own opening."""
    inlines: list[Inline] = []
    for group in by_period(facts):
        made = clauses(group, voice)
        if made:
            inlines += sentences(made, timeline.opening(group), voice)
    return merged(inlines)


def cases(programmes: Sequence[Programme], voice: Voice) -> list[Paragraph]:
    """The approved cases, one paragraph each."""
    found = [words for programme in programmes for words in programme.passages("case")]
    return [Paragraph(voice.passage(words), key=f"case{words.id}") for words in found]


def tells(programme: Programme) -> bool:
    """It has figures, or words that a talk tells."""
    return bool(programme.facts) or any(programme.passages(kind) for kind in TOLD)
