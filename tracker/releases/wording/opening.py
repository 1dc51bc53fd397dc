"""Who does what, before how it was done: 市总工会开展提升素质行动，or 在提升素质行动中，市总工会."""

from tracker.documents.tree import Inlines, Text, plain
from tracker.releases.material import Contributor, Programme

from .titles import WITHIN, bare, begins_with_a_verb, title_of
from .voice import Voice

FORMS = ("does", "within")


def opened(
    one: Contributor | None,
    programme: Programme,
    voice: Voice,
    told: Inlines = (),
    *,
    named: bool = True,
    within: bool = True,
) -> Inlines:
    """济南市总工会开展提升素质行动，or 在提升素质行动中，市总工会: with the mark before what is told."""
    who = (voice.agency(one) if one else Text("我们"),) if named else ()
    if not told and _only_standards(programme):
        return ()
    words = plain(told)
    if words.startswith(_names_of(one)):
        return ()
    may = within and named and one and _fits_within(programme, words)
    if may and voice.pick("acting", FORMS) == "within":
        return (Text("在"), voice.words(bare(programme)), Text("中，"), *who)
    return (*who, voice.words(title_of(programme, words)), Text("，"))


def _names_of(one: Contributor | None) -> tuple[str, ...]:
    """The approved words begin with the agency itself: it is not named twice."""
    return ("我们", one.name, one.short_name) if one else ("我们",)


def _fits_within(programme: Programme, words: str) -> bool:
    return bare(programme).rstrip("”").endswith(WITHIN) and begins_with_a_verb(words)


def _only_standards(programme: Programme) -> bool:
    """全市农村低保标准从…提高至…: a raised standard is the subject of its sentence, no agency sets it alone."""
    plainly = programme.own is None and bool(programme.facts)
    return plainly and all(
        fact.about("start") and not (fact.base or fact.as_of or fact.topic.own)
        for fact in programme.facts
    )
