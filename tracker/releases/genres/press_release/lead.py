"""Headline and lead: whose news it is, the occasion, the result. Every figure of theirs is said again in the body."""

from collections.abc import Sequence

from tracker.documents.tree import Date, Inline, Inlines, Paragraph, Text
from tracker.language.dates import say_date
from tracker.releases.material import Contributor
from tracker.releases.occasion import occasion, span_words
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.clauses import clauses
from tracker.releases.wording.leading import Leader, adverb, leaders, led_by
from tracker.releases.wording.voice import Voice


def headline(contributors: Sequence[Contributor], voice: Voice) -> Inlines:
    """济南市总工会累计培训农民工3221名; without a figure that can lead, what the document is about."""
    found = leaders(contributors)
    if not found:
        when = Date(span_words(voice.material.span))
        return (Text(voice.material.region), when, Text("重点工作取得新进展"))
    news = max(found, key=lambda leader: leader.rank)
    return merged([Text(f"{_whose(news, voice)}{adverb(news.fact)}"), *_clause(news, voice)])


def _whose(news: Leader, voice: Voice) -> str:
    """The body with its place: its number is not the city's."""
    name, region = news.one.name, voice.material.region
    return name if region in name else f"{region}{news.one.short_name}"


def _clause(news: Leader, voice: Voice) -> Inlines:
    return clauses([news.fact], voice, framed=True)[0].inlines


def lead(contributors: Sequence[Contributor], voice: Voice) -> Paragraph:
    """2021年4月16日，…发布全市2020年重点工作情况。 Then the news: names of programmes are none."""
    material = voice.material
    day = occasion(material.setting("日期")).day
    inlines: list[Inline] = [Date(say_date(day)), Text("，")] if day else []
    inlines += [Text(f"{material.lead_office or material.region}发布{material.whole}")]
    inlines += [Date(span_words(material.span)), Text("重点工作情况。")]
    return Paragraph(merged([*inlines, *led_by(contributors, voice)]), "lead")
