"""周报: how the whole stands, a table of the counties for each indicator, who is ahead and who behind. Internal."""

from tracker.documents.tree import Document
from tracker.releases.genres import Genre, Setting
from tracker.releases.material import Material
from tracker.releases.selection import concise
from tracker.releases.wording.annex import annex
from tracker.releases.wording.chapters import chapter, figures_of, numbered, told
from tracker.releases.wording.imprint import distribution, imprint, title
from tracker.releases.wording.notes import notes
from tracker.releases.wording.voice import Voice

from .counties import standings

SETTINGS = (
    Setting("主题", "如：困难职工帮扶工作"),
    Setting("刊名", "如：工作周报"),
    Setting("期号", "印发时编定，可先留空"),
    Setting("日期", "如：2021年4月16日"),
    Setting("报", "报送领导"),
    Setting("送", "抄送单位"),
    Setting("发", "下发单位"),
    Setting("份数", "如：50"),
)


def compose(material: Material, voice: Voice) -> Document:
    """The same chapters every week; a county without an approved figure is named as such."""
    voice.keep_still()
    short, left = concise(material)
    chapters = (
        chapter("progress", "总体进展", figures_of(short, voice)),
        chapter("counties", "各地进展", standings(material, voice)),
        told("problems", "存在问题", ("problem",), material, voice),
        told("next", "下一步打算", ("next",), material, voice),
        chapter("notes", "数据说明", notes(material, voice)),
    )
    meta = imprint(material, voice, "工作周报", distribution(material, voice))
    sections = (*numbered(chapters), *annex(left, voice))
    return Document(title(material, voice), sections, GENRE.profile, meta)


GENRE = Genre("周报", "brief", compose, SETTINGS, is_internal=True, by_county=True)
