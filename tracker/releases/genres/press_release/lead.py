"""Headline and lead: who, what, result. Every figure of theirs is said again in the body."""

from collections.abc import Sequence

from tracker.documents.tree import Date, Inline, Inlines, Paragraph, Text
from tracker.releases.facts import Fact
from tracker.releases.material import Contributor
from tracker.releases.occasion import span_words
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import leading, weight
from tracker.releases.wording.clauses import clauses
from tracker.releases.wording.leading import led_by
from tracker.releases.wording.voice import Voice


def headline(contributors: Sequence[Contributor], voice: Voice) -> Inlines:
    """济南市累计培训农民工3221名; without a figure that can lead, what the document is about."""
    facts = leading(contributors)
    if not facts:
        when = Date(span_words(voice.material.span))
        return (Text(voice.material.region), when, Text("重点工作取得新进展"))
    news = max(facts, key=weight)
    return merged([Text(f"{voice.material.region}{_adverb(news)}"), *_clause(news, voice)])


def lead(contributors: Sequence[Contributor], voice: Voice) -> Paragraph:
    """据…介绍，近年来，全市累计…，…。 Agencies in their order, one figure each."""
    facts = leading(contributors)
    source = f"记者从{voice.material.lead_office}获悉" if voice.material.lead_office else "记者获悉"
    several = "等单位" if len(contributors) > 1 else ""
    inlines: list[Inline] = [Text(f"{source}，"), _agencies(contributors)]
    inlines.append(Text(f"{several}扎实推进重点工作"))
    if facts:
        inlines += [Text("，"), *led_by(facts, voice)]
    return Paragraph(merged([*inlines, Text("。")]), "lead")


def _agencies(contributors: Sequence[Contributor]) -> Text:
    return Text("、".join(one.short_name for one in contributors))


def _adverb(fact: Fact) -> str:
    return "累计" if fact.cumulative else "共"


def _clause(fact: Fact, voice: Voice) -> Inlines:
    made = clauses([fact], voice, framed=True)
    return made[0].inlines if made else ()
