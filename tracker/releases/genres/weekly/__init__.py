"""周报: how the whole stands, a table of the counties for each indicator, who is ahead and who behind. Internal."""

from tracker.documents.tree import Block, Document
from tracker.releases.genres import Formula, Genre, Setting
from tracker.releases.material import Material
from tracker.releases.selection import concise
from tracker.releases.wording.annex import annex
from tracker.releases.wording.chapters import chapter, figures_of, numbered, told
from tracker.releases.wording.imprint import distribution, imprint, title
from tracker.releases.wording.notes import notes
from tracker.releases.wording.voice import Voice

from .counties import so_far, standings

SETTINGS = (
    Setting("主题", "如：困难职工帮扶工作"),
    Setting("刊名", "如：工作周报", usual=True),
    Setting("期号", "印发时编定，可先留空"),
    Setting("日期", "如：2021年4月16日"),
    Setting("报", "报送领导", usual=True),
    Setting("送", "抄送单位", usual=True),
    Setting("发", "下发单位", usual=True),
    Setting("份数", "如：50", usual=True),
)

FORMULAS = (
    Formula("进展标题", ("总体进展",)),
    Formula("各地标题", ("各地进展",)),
    Formula("问题标题", ("存在问题",)),
    Formula("打算标题", ("下一步打算",)),
    Formula("数据说明标题", ("数据说明",)),
)


def compose(material: Material, voice: Voice) -> Document:
    """The same chapters every week; a county without an approved figure is named as such."""
    voice.keep_still()
    titles = {one.name: voice.formula(one.name, one.options[0]) for one in FORMULAS}
    short, left = concise(material)
    chapters = (
        chapter("progress", titles["进展标题"], _progress(short, material, voice)),
        chapter("counties", titles["各地标题"], standings(material, voice)),
        told("problems", titles["问题标题"], ("problem",), material, voice),
        told("next", titles["打算标题"], ("next",), material, voice),
        chapter("notes", titles["数据说明标题"], notes(material, voice)),
    )
    meta = imprint(material, voice, "工作周报", distribution(material, voice))
    sections = (*numbered(chapters), *annex(left, voice))
    return Document(title(material, voice), sections, GENRE.profile, meta)


def _progress(short: Material, material: Material, voice: Voice) -> list[Block]:
    return [*figures_of(short, voice), *so_far(material, voice)]


GENRE = Genre(
    "周报", "brief", compose, SETTINGS, formulas=FORMULAS, is_internal=True, by_county=True
)
