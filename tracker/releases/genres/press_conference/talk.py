"""发布词: greeting, lead with headline figures, parts with parallel headings, 下一步, thanks."""

import re

from tracker.documents.tree import (
    Block,
    Heading,
    Inline,
    Inlines,
    Ordinal,
    PageBreak,
    Paragraph,
    Person,
    Section,
    Text,
)  # fmt: skip
from tracker.language.numerals import write_chinese
from tracker.language.prose import heading as heading_number
from tracker.releases.material import Contributor, Programme
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import flagship, headline
from tracker.releases.themes import FEWEST_PARTS, Part, heading_of, parts
from tracker.releases.wording.clauses import clauses
from tracker.releases.wording.parts import part_paragraphs
from tracker.releases.wording.programmes import account, tells
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.slots import slot
from tracker.releases.wording.voice import Voice

from .stance import STANCES, stance

__all__ = ["STANCES", "talk"]
OVERALL = re.compile(r"总体|概况|总览|综述|整体情况")
GREETINGS = ("各位媒体朋友，大家好！", "各位来宾、媒体朋友，大家好！", "大家好！")
ANNOUNCED = (
    "下面，我从{count}介绍有关情况。",
    "具体工作主要体现在{count}。",
    "下面，我向大家通报{count}的工作。",
)
THANKS = ("我的介绍就到这里，谢谢大家！", "以上就是有关工作情况，谢谢大家！", "谢谢大家！")
PLANNED = ("下一步", "今年", "接下来", "今后")


def talk(one: Contributor, voice: Voice) -> list[Section]:
    """The sections of one agency's talk; the agency is named in full again, it is a paper of its own."""
    voice.begin()
    overall = _overall(one)
    rest = [p for p in one.programmes if p not in overall and tells(p)]
    divided = parts(rest)
    flat = len(divided) < FEWEST_PARTS
    count = len(rest) if flat else len(divided)
    first = Section(
        f"talk{one.id}",
        None,
        (*_head(one, voice), _lead(one, overall, voice), *_announced(count, flat, voice)),
    )
    body = _flat(one, rest, voice) if flat else _divided(one, divided, voice)
    return [first, *body, Section(f"talk{one.id}-end", None, _end(one, voice))]


def _overall(one: Contributor) -> list[Programme]:
    """The programme that belongs into the lead, if there is one."""
    found = [p for p in one.programmes if OVERALL.search(p.name) and p.facts]
    first = flagship(one)
    return found[:1] or ([first] if first else [])


def _head(one: Contributor, voice: Voice) -> list[Block]:
    inlines: list[Inline] = [voice.agency(one)]
    if one.guest:
        inlines += [
            voice.words(one.guest.post),
            Text("　"),
            Person(f"g{one.guest.id}", one.guest.name),
        ]
    else:
        inlines.append(slot(f"{one.short_name}发布人职务、姓名", voice))
    voice.begin()
    return [
        Paragraph((Text(f"{one.short_name}发布词"),), "part"),
        Paragraph(merged(inlines), "centre"),
        Paragraph((Text(voice.pick("greeting", voice.own("发布词开头", GREETINGS))),)),
    ]


def _lead(one: Contributor, overall: list[Programme], voice: Voice) -> Paragraph:
    """Time frame, whose decisions were carried out, theme and main programmes, headline figures."""
    timeline = Timeline()
    bases = {fact.base for fact in one.facts}
    inlines: list[Inline] = []
    if len(bases) == 1 and bases.pop().endswith(("来", "期间")):
        inlines += timeline.opening(one.facts)[:2]
    inlines += [voice.agency(one), *stance(one, overall, voice)]
    for programme in overall:
        inlines += account(programme, voice, timeline)
    return Paragraph(merged([*inlines, *_headline(one, overall, voice, timeline)]), "lead")


def _headline(
    one: Contributor, overall: list[Programme], voice: Voice, timeline: Timeline
) -> Inlines:
    """A few weighty figures, said again in the body; not where a programme sums up the whole."""
    chosen = () if overall else headline(one)
    if not chosen:
        return ()
    inlines: list[Inline] = [*timeline.opening(chosen), Text("累计")]
    made = [clause for fact in chosen for clause in clauses([fact], voice, framed=True)]
    for number, clause in enumerate(made):
        inlines += [Text("，")] if number else []
        inlines += clause.inlines
    return (*inlines, Text("。"))


def _announced(count: int, flat: bool, voice: Voice) -> list[Paragraph]:
    if count < 2:
        return []
    before, after = voice.pick("announced", ANNOUNCED).split("{count}")
    number = Ordinal(f"{'两' if count == 2 else write_chinese(count)}个方面")
    return [Paragraph((Text(before), number, Text(after)))]


def _divided(one: Contributor, divided: list[Part], voice: Voice) -> list[Section]:
    made = []
    for number, part in enumerate(divided, 1):
        words = (Ordinal(heading_number(number)), Text(heading_of(part, voice.chooser)))
        blocks = part_paragraphs(part.programmes, voice, Timeline())
        made.append(Section(f"talk{one.id}-part{number}", Heading(1, words), tuple(blocks)))
    return made


def _flat(one: Contributor, programmes: list[Programme], voice: Voice) -> list[Section]:
    blocks = part_paragraphs(programmes, voice, Timeline())
    return [Section(f"talk{one.id}-part1", None, tuple(blocks))] if blocks else []


def _end(one: Contributor, voice: Voice) -> tuple[Block, ...]:
    planned = one.passages("next")
    blocks: list[Block] = []
    for number, words in enumerate(planned):
        opening = [] if number or words.text.startswith(PLANNED) else [Text("下一步，")]
        blocks.append(Paragraph(merged([*opening, *voice.passage(words)]), key=f"next{words.id}"))
    if not planned:
        wanted = slot(f"下一步打算，请{one.short_name}提供", voice)
        blocks.append(Paragraph((Text("下一步，"), wanted)))
    thanks = Paragraph((Text(voice.pick("closing", voice.own("发布词结尾", THANKS))),))
    return (*blocks, thanks, PageBreak())
