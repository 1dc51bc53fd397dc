"""通讯: a person first, then the context; headed parts with a scene, the facts and a voice, an outlook; captioned pictures."""

from collections.abc import Mapping

from tracker.documents.tree import Date, Document, Inlines, Paragraph, Section, Text
from tracker.releases.facts import Fact
from tracker.releases.genres import Formula, Genre, Setting
from tracker.releases.material import Contributor, Material
from tracker.releases.occasion import span_words
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.annex import annex
from tracker.releases.wording.slots import slot
from tracker.releases.wording.voice import Voice

from .choice import chosen, opening_scene
from .lead import lead, scene
from .outlook import closing
from .parts import part_sections
from .pictures import Gallery

SETTINGS = (
    Setting("主题", "如：温暖送到心坎上，作为主标题"),
    Setting("作者", "如：记者孟远　通讯员周宁", usual=True),
    Setting("图片", "报送材料里图片的说明，多张用；分开"),
)

SUBTITLE = Formula("副题", ("重点工作综述",))


def compose(material: Material, voice: Voice) -> Document:
    """Scenes and quotations are those that were supplied, verbatim; what it leaves out stands in a table."""
    gallery, parts = Gallery(material, voice), chosen(material)
    opening = opening_scene(parts)
    sections = (
        Section("lead", None, (scene(opening, voice), lead(material, parts, voice))),
        *part_sections(parts, opening, gallery, voice),
        *closing(material, voice),
        *gallery.rest(),
        _byline(material, voice),
        *annex(_left_out(material, parts), voice),
    )
    return Document(_title(material, voice), sections, GENRE.profile)


def _title(material: Material, voice: Voice) -> Inlines:
    """The theme, and below it what the text is about."""
    theme = material.setting("主题")
    about = (Text(f"——{material.region}"), Date(span_words(material.span)), Text(_kind_of(voice)))
    if theme:
        return merged([voice.words(theme), Text("\n"), *about])
    return merged([Text(material.region), about[1], about[2]])


def _kind_of(voice: Voice) -> str:
    return voice.formula(SUBTITLE.name, SUBTITLE.options[0])


def _byline(material: Material, voice: Voice) -> Section:
    author = material.setting("作者")
    words = voice.words(author) if author else slot("作者", voice)
    inlines = merged([Text("（"), words, Text("）")])
    return Section("byline", None, (Paragraph(inlines, "right"),))


def _left_out(material: Material, parts) -> Mapping[int, tuple[Fact, ...]]:
    told = {fact.key for part in parts for _, p in part.programmes for fact in p.facts}

    def left(one: Contributor) -> tuple[Fact, ...]:
        return tuple(fact for fact in one.facts if fact.key not in told)

    return {one.id: left(one) for one in material.contributors}


GENRE = Genre("通讯", "plain", compose, SETTINGS, formulas=(SUBTITLE,))
