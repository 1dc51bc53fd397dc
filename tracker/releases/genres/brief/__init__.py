"""简报: masthead, progress, practice, problems, next steps, and who it is sent to. Internal."""

from tracker.documents.tree import Document
from tracker.releases.genres import Genre, Setting
from tracker.releases.material import Material
from tracker.releases.selection import concise
from tracker.releases.wording.annex import annex
from tracker.releases.wording.chapters import chapter, figures_of, numbered, told
from tracker.releases.wording.imprint import distribution, imprint, title
from tracker.releases.wording.notes import notes
from tracker.releases.wording.voice import Voice

SETTINGS = (
    Setting("主题", "如：重点帮扶工作"),
    Setting("刊名", "如：工作简报"),
    Setting("期号", "印发时编定，可先留空"),
    Setting("日期", "如：2021年4月16日"),
    Setting("报", "报送领导"),
    Setting("送", "抄送单位"),
    Setting("发", "下发单位"),
    Setting("份数", "如：50"),
)


def compose(material: Material, voice: Voice) -> Document:
    """The four chapters in their fixed order; one without any approved text is left out."""
    voice.keep_still()
    short, left = concise(material)
    chapters = (
        chapter("progress", "工作进展", figures_of(short, voice)),
        told("practices", "主要做法", ("practice", "case", "honour"), material, voice),
        told("problems", "存在问题", ("problem",), material, voice),
        told("next", "下一步打算", ("next",), material, voice),
        chapter("notes", "数据说明", notes(material, voice)),
    )
    sections = (*numbered(chapters), *annex(left, voice))
    meta = imprint(material, voice, "工作简报", distribution(material, voice))
    return Document(title(material, voice), sections, GENRE.profile, meta)


GENRE = Genre("简报", "brief", compose, SETTINGS, is_internal=True)
