"""One entry a programme: what was done, figures, honours. One matter an entry, no case without a name and a date."""

from collections.abc import Sequence

from tracker.documents.tree import Date, Inline, Inlines, Ordinal, Paragraph, Text
from tracker.language.numerals import write_chinese
from tracker.releases.material import Contributor, Programme, Words
from tracker.releases.occasion import span_words
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.leading import led_by
from tracker.releases.wording.programmes import covered, numbers
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.titles import bare
from tracker.releases.wording.voice import Voice

from .recording import is_whole, recorded

TOLD = ("practice", "honour")
FEWEST, MOST_NAMED = 3, 5  # entries that are worth an overview, and programmes that it names


def entries(one: Contributor, voice: Voice) -> list[Paragraph]:
    """【概况】 where there is enough to sum up, then every programme."""
    made = [
        (programme, entry) for programme in one.programmes if (entry := _entry(programme, voice))
    ]
    found = [entry for _, entry in made]
    if len(made) < FEWEST:
        return found
    return [_overview(one, [programme for programme, _ in made], voice), *found]


def _overview(one: Contributor, told: Sequence[Programme], voice: Voice) -> Paragraph:
    """【概况】2020年，济南市总工会的重点工作包括甲、乙、丙等十个方面。 Then a figure or two of one time."""
    inlines: list[Inline] = [Text("【概况】"), Date(span_words(voice.material.span)), Text("，")]
    inlines += [Text(f"{one.name}的重点工作包括")]
    for number, programme in enumerate(told[:MOST_NAMED]):
        inlines += [Text("、")] if number else []
        inlines.append(voice.words(bare(programme)))
    if len(told) > MOST_NAMED:
        inlines += [Text("等"), Ordinal(f"{write_chinese(len(told))}个方面")]
    inlines += [Text("。"), *led_by([one], voice, named=False)]
    return Paragraph(merged(inlines), key=f"overview{one.id}")


def _entry(programme: Programme, voice: Voice) -> Paragraph | None:
    """【名称】 and then the words and figures; None where nothing was approved."""
    counted = covered(programme, numbers(programme, voice, Timeline()))
    body = (*_words(programme, voice), *counted)
    if not body:
        return None
    title = (Text("【"), voice.words(programme.name), Text("】"))
    return Paragraph(merged([*title, *body]), key=f"programme{programme.id}")


def _words(programme: Programme, voice: Voice) -> Inlines:
    """Approved words verbatim, in the order of a yearbook; plans and problems have no place in it."""
    found = [piece for words in _told(programme) for piece in recorded(words)]
    return tuple(node for words in found for node in voice.passage(words))


def _told(programme: Programme) -> list[Words]:
    return [words for kind in TOLD for words in programme.passages(kind)]


def tell_what_is_left_out(one: Contributor, voice: Voice) -> None:
    """What a volume does not take of the approved words, so that its editor may ask for more."""
    cut = [p.name for p in one.programmes if not all(map(is_whole, _told(p)))]
    cases = [p.name for p in one.programmes if p.passages("case")]
    if cut:
        names = "、".join(cut)
        voice.remark(
            f"{one.short_name}的文字中有评价、比喻或未经核实的成效，只收了记事的部分：{names}。"
        )
    if cases:
        names = "、".join(cases)
        voice.remark(f"{one.short_name}的事例没有写明姓名和时间，年鉴不收，未写入：{names}。")
