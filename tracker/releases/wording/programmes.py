"""One programme as a paragraph: who does what, how it was done, then the numbers."""

import re
from collections.abc import Sequence

from tracker.documents.tree import Date, Inline, Inlines, Ordinal, Paragraph, Text, plain
from tracker.language.guard import stray_numbers
from tracker.language.prose import point
from tracker.releases.facts import Fact
from tracker.releases.material import Contributor, Programme
from tracker.releases.patterns.rendering import merged

from .clauses import clauses
from .opening import FORMS, opened
from .own import sentence as own_sentence
from .sentences import Timeline, by_period, sentences
from .titles import title_of
from .voice import Voice

__all__ = ["title_of"]
ANEW = ("首先", "（")
TOLD = ("practice", "case", "honour")
COVERED = re.compile(r"(?:做到|实现)?((?:应.尽.[、，]?)+)")


def paragraph(
    programme: Programme,
    voice: Voice,
    timeline: Timeline,
    number: int = 0,
    one: Contributor | None = None,
    *,
    goes_on: bool = False,
) -> Paragraph | None:
    """What was done and then the numbers; with `number` it begins 一是…. None if there is nothing."""
    said = _point(programme, voice, timeline, number) if number else ()
    said = said or account(programme, voice, timeline, one, goes_on=goes_on)
    return Paragraph(merged(said), key=f"programme{programme.id}") if said else None


def _point(programme: Programme, voice: Voice, timeline: Timeline, number: int) -> Inlines:
    """一是开展提升素质行动，按照…: a full stop only where what follows begins anew."""
    done = _passages(programme, "practice", voice) or _purpose(programme, voice)
    counted = numbers(programme, voice, timeline)
    if not done and not counted:
        return ()
    title = voice.words(title_of(programme, plain(done)))
    mark = Text("。" if plain(done or counted).startswith(ANEW) else "，")
    counted = covered(programme, counted)
    honours = _passages(programme, "honour", voice)
    return (Ordinal(point(number)), title, mark, *done, *counted, *honours)


def account(
    programme: Programme,
    voice: Voice,
    timeline: Timeline,
    one: Contributor | None = None,
    *,
    goes_on: bool = False,
    within: bool = True,
) -> Inlines:
    """市总工会开展提升素质行动，按照…。 Who does what stands before how it was done and its numbers.

    `one`: whose programme it is; without it the agency itself speaks, and says why it does it.
    `goes_on`: the sentence before has named the agency. `within`: it may open with 在…行动中.
    """
    done = _passages(programme, "practice", voice)
    if not done and one is None:
        done = _purpose(programme, voice)
    attempt = voice.attempt()
    opening = opened(one, programme, attempt, done, named=not goes_on, within=within)
    counted = numbers(programme, attempt, timeline)
    honours = _passages(programme, "honour", attempt)
    if not (done or counted or honours):
        return ()
    voice.keep(attempt)
    counted = covered(programme, counted)
    if not done and _names_itself(programme):
        return merged([*counted, *honours])
    if not done and one and _begins_with_time(counted):
        when, *rest = counted[0], _without_mark(counted[1]), *counted[2:]
        # 截至 bears a result, never an act: 截至2020年底，实施… says something else.
        ends = plain((when,)).startswith("截至")
        first = not ends and voice.pick("time", FORMS) == "within"
        said = (when, Text("，"), *opening, *rest) if first else (*opening, when, *rest)
        return merged([*said, *honours])
    return merged([*opening, *done, *counted, *honours])


def _begins_with_time(counted: Inlines) -> bool:
    """近年来，累计…: who did it may stand behind the time as well as before it."""
    return len(counted) > 1 and isinstance(counted[0], Date) and _is_mark(counted[1])


def _is_mark(inline: Inline) -> bool:
    return isinstance(inline, Text) and inline.text.startswith("，")


def _without_mark(inline: Text) -> Text:
    return Text(inline.text.removeprefix("，"))


def _names_itself(programme: Programme) -> bool:
    """The city's own sentence says who did it."""
    return programme.own is not None and "{单位}" in programme.own.source


def covered(programme: Programme, counted: Inlines) -> Inlines:
    """…，做到应补尽补。 stands at the end of the numbers: alone it says nothing."""
    found = COVERED.fullmatch(_aim(programme))
    if not found or not counted or programme.passages("practice"):
        return counted
    last = counted[-1]
    if not isinstance(last, Text) or not last.text.endswith("。"):
        return counted
    return (*counted[:-1], Text(f"{last.text[:-1]}，做到{found[1].rstrip('、，')}。"))


def practice(programme: Programme, voice: Voice) -> Inlines:
    """The approved 做法, verbatim."""
    return _passages(programme, "practice", voice)


def _passages(programme: Programme, kind: str, voice: Voice) -> Inlines:
    return tuple(node for words in programme.passages(kind) for node in voice.passage(words))


def _aim(programme: Programme) -> str:
    return programme.purpose.strip().rstrip("。；;，,")


def _purpose(programme: Programme, voice: Voice) -> Inlines:
    """What the catalogue says that it is for; only who does it says so, and never without its name."""
    purpose = _aim(programme)
    if not purpose or COVERED.fullmatch(purpose):
        return ()
    if stray_numbers(purpose, voice.material.names):
        voice.remark(f"项目“{programme.name}”的目的中含有数字，未写入正文。")
        return ()
    return (Text(f"{purpose}。"),)


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
            inlines += sentences(made, timeline.opening(group), voice, timeline)
    return merged(inlines)


def cases(programmes: Sequence[Programme], voice: Voice) -> list[Paragraph]:
    """The approved cases, one paragraph each."""
    found = [words for programme in programmes for words in programme.passages("case")]
    return [Paragraph(voice.passage(words), key=f"case{words.id}") for words in found]


def tells(programme: Programme) -> bool:
    """It has figures, or words that a talk tells."""
    return bool(programme.facts) or any(programme.passages(kind) for kind in TOLD)
