"""专报: one topic for one reader; the conclusion first, room for the leader's note, then the reasons. Internal."""

from tracker.documents.tree import Date, Document, Inlines, Section, Text
from tracker.releases.genres import Formula, Genre, Setting
from tracker.releases.material import Material
from tracker.releases.occasion import span_words
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import concise
from tracker.releases.wording.annex import annex
from tracker.releases.wording.chapters import chapter, figures_of, is_bare, numbered, told, wanting
from tracker.releases.wording.imprint import copies, imprint, theme
from tracker.releases.wording.voice import Voice

from .conclusion import conclusion, note

SETTINGS = (
    Setting("主题", "如：农民工服务工作"),
    Setting("呈报", "呈报的领导，如：市政府分管领导", usual=True),
    Setting("刊名", "如：工作专报", usual=True),
    Setting("期号", "印发时编定，可先留空"),
    Setting("日期", "如：2021年4月16日"),
    Setting("送", "抄送单位", usual=True),
    Setting("份数", "如：5", usual=True),
)

FORMULAS = (
    Formula("情况标题", ("基本情况",)),
    Formula("问题标题", ("存在问题",)),
    Formula("打算标题", ("下一步打算",)),
    Formula("建议标题", ("工作建议",)),
)


def compose(material: Material, voice: Voice) -> Document:
    """What the reader must know stands on the first page; figures, problems, plans and proposals follow."""
    voice.keep_still()
    titles = {one.name: voice.formula(one.name, one.options[0]) for one in FORMULAS}
    opening = Section("conclusion", None, (note(), *conclusion(voice)))
    short, left = concise(material)
    bare = is_bare(material)
    chapters = (
        chapter("facts", titles["情况标题"], figures_of(short, voice)),
        told("problems", titles["问题标题"], ("problem",), material, voice, wanted=bare),
        told("next", titles["打算标题"], ("next",), material, voice, wanted=bare),
        # What the agencies plan is no advice to a leader: that is the editor's to write.
        chapter("advice", titles["建议标题"], wanting(titles["建议标题"], voice)),
    )
    meta = imprint(material, voice, "工作专报", _foot(material, voice))
    sections = (opening, *numbered(chapters), *annex(left, voice))
    return Document(_title(material, voice), sections, GENRE.profile, meta)


def _title(material: Material, voice: Voice) -> Inlines:
    words = (Text("关于"), Text(material.region), Date(span_words(material.span)))
    return merged([*words, *theme(material, voice), Text("情况的专报")])


def _foot(material: Material, voice: Voice) -> tuple[str, ...]:
    """呈报 names one reader; without one the editor is told."""
    reader = material.setting("呈报")
    if not reader:
        voice.remark("待补：呈报的领导。")
    lines = [f"呈报：{reader or '【待补】'}"]
    lines += [f"送：{words}。"] if (words := material.setting("送")) else []
    return (*lines, *copies(material))


GENRE = Genre("专报", "brief", compose, SETTINGS, formulas=FORMULAS, is_internal=True)
