"""通稿: a headline that states the news, a lead, then what weighs most; next steps; the rest in a table."""

from tracker.documents.tree import Date, Document, Inline, Inlines, Paragraph, Section, Text
from tracker.language.dates import say_date
from tracker.releases.genres import Genre, Setting
from tracker.releases.material import Material
from tracker.releases.occasion import occasion
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import left_out
from tracker.releases.wording.annex import annex
from tracker.releases.wording.slots import slot
from tracker.releases.wording.voice import Voice

from .body import body, next_steps
from .choice import told
from .lead import headline, lead

SETTINGS = (
    Setting("主题", "如：民生实事见成效，作为引题"),
    Setting("日期", "如：2021年4月16日"),
    Setting("联系人", "姓名和电话，供媒体核实", usual=True),
)


def compose(material: Material, voice: Voice) -> Document:
    """Must-say figures in the text; what need not be said stands in the table at the end."""
    contributors = [told(one) for one in material.contributors]
    title = _title(contributors, material, voice)
    sections = [
        Section("lead", None, (_dateline(material, voice), lead(contributors, voice))),
        *(section for one in contributors for section in body(one, voice)),
        *next_steps(contributors, voice),
        *_contact(material, voice),
        *annex(
            {
                one.id: left_out(one, shown.programmes)
                for one, shown in zip(material.contributors, contributors, strict=True)
            },
            voice,
        ),
    ]
    return Document(title, tuple(sections), GENRE.profile)


def _title(contributors, material: Material, voice: Voice) -> Inlines:
    """The theme as a line above the news, where one was set."""
    theme = material.setting("主题")
    above: list[Inline] = [voice.words(theme), Text("\n")] if theme else []
    return merged([*above, *headline(contributors, voice)])


def _dateline(material: Material, voice: Voice) -> Paragraph:
    """市协调办公室　2021年4月16日: who gives it out, and when; a day that nobody set is an open slot."""
    day = occasion(material.setting("日期")).day
    when = Date(say_date(day)) if day else slot("发布日期", voice)
    return Paragraph(merged([Text(f"{material.lead_office}　"), when]), "centre")


def _contact(material: Material, voice: Voice) -> list[Section]:
    contact = material.setting("联系人")
    if not contact:
        voice.remark("待补：联系人，供媒体核实数据。")
        return []
    words = (Text("联系人："), voice.words(contact))
    return [Section("contact", None, (Paragraph(merged(words), "flush"),))]


GENRE = Genre("通稿", "plain", compose, SETTINGS)
