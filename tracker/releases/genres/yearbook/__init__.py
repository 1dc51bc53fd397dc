"""年鉴条目: entries under 【…】, an overview first; told in the third person, of one calendar year. Fixed wording."""

import re

from tracker.documents.tree import Date, Document, Heading, Inlines, Paragraph, Section, Text
from tracker.releases.genres import Genre, Setting
from tracker.releases.material import Contributor, Material
from tracker.releases.occasion import span_words
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.annex import annex
from tracker.releases.wording.voice import Voice

from .dating import dated
from .entries import entries, tell_what_is_left_out

SETTINGS = (
    Setting("栏目", "如：社会团体", usual=True),
    Setting("撰稿人", "姓名", usual=True),
    Setting("审核人", "姓名", usual=True),
)
UNDATABLE = (
    "{}项必写数据的时间只写到“近年来”“目前”等，年鉴正文不能用，写在附表中，请向报送单位核实年份。"
)
# Words that are out of place in a volume that is read years later.
UNDATED = re.compile(r"今年|去年|明年|目前|日前|近日|我[市区县省]|本[市区县省]")


def compose(material: Material, voice: Voice) -> Document:
    """A section for each agency that has something to tell, its entries in the catalogue's order.

    Figures that nobody can date later stand in the annexed table until their agency tells the year.
    """
    voice.keep_still()
    told = [dated(one) for one in material.contributors]
    made = [_section(one, voice) for one, _ in told]
    _warn_of_undated(material, voice)
    left = {one.id: facts for one, facts in told}
    table = annex(left, voice, UNDATABLE)
    sections = (*filter(None, made), *_signed(material, voice), *table)
    return Document(_title(material, voice), tuple(sections), GENRE.profile)


def _title(material: Material, voice: Voice) -> Inlines:
    column = material.setting("栏目") or "重点工作"
    words = (Text(material.region), Date(span_words(material.span)), voice.words(column))
    return merged([*words, Text("条目")])


def _section(one: Contributor, voice: Voice) -> Section | None:
    blocks = entries(one, voice)
    tell_what_is_left_out(one, voice)
    if not blocks:
        return None
    return Section(f"agency{one.id}", Heading(2, (Text(one.name),)), tuple(blocks))


def _warn_of_undated(material: Material, voice: Voice) -> None:
    """Approved words are never touched: who edits the volume is told where they do not fit."""
    for one in material.contributors:
        for programme in one.programmes:
            found = {word for words in programme.words for word in UNDATED.findall(words.text)}
            if found:
                listed = "、".join(sorted(found))
                voice.remark(f"“{programme.name}”的文字中有“{listed}”，年鉴应写明年份和地名。")


def _signed(material: Material, voice: Voice) -> list[Section]:
    """（撰稿人：…　审核人：…）; who is missing is marked for the editor."""
    named = [(role, material.setting(role)) for role in ("撰稿人", "审核人")]
    for role, name in named:
        if not name:
            voice.remark(f"待补：{role}。")
    words = "　".join(f"{role}：{name}" for role, name in named if name)
    if not words:
        return []
    return [Section("signed", None, (Paragraph((voice.words(f"（{words}）"),), "right"),))]


GENRE = Genre("年鉴条目", "plain", compose, SETTINGS, finals=True)
