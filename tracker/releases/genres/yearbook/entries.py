"""One entry a programme: what was done, figures, honours. One matter an entry, no case without a name and a date."""

from tracker.documents.tree import Inlines, Paragraph, Text
from tracker.releases.material import Contributor, Programme, Words
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.programmes import covered, numbers
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.voice import Voice

from .recording import is_whole, recorded

TOLD = ("practice", "honour")


def entries(one: Contributor, voice: Voice) -> list[Paragraph]:
    """Every programme once. An overview would list the headings that follow and say its figures twice."""
    made = (_entry(programme, voice) for programme in one.programmes)
    return [entry for entry in made if entry]


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
