"""简报: masthead, progress with practice, problems, next steps, and who it is sent to. Internal."""

from collections.abc import Mapping

from tracker.documents.tree import Document
from tracker.releases.genres import Formula, Genre, Setting
from tracker.releases.material import Material
from tracker.releases.selection import concise
from tracker.releases.wording.annex import annex
from tracker.releases.wording.chapters import (
    Numbered,
    chapter,
    is_bare,
    items_of,
    numbered,
    told,
    wanting,
)
from tracker.releases.wording.imprint import distribution, imprint, title
from tracker.releases.wording.notes import notes
from tracker.releases.wording.voice import Voice

SETTINGS = (
    Setting("主题", "如：重点帮扶工作"),
    Setting("刊名", "如：工作简报", usual=True),
    Setting("期号", "印发时编定，可先留空"),
    Setting("日期", "如：2021年4月16日"),
    Setting("报", "报送领导", usual=True),
    Setting("送", "抄送单位", usual=True),
    Setting("发", "下发单位", usual=True),
    Setting("份数", "如：50", usual=True),
)

FORMULAS = (
    Formula("进展标题", ("工作进展",)),
    Formula("做法标题", ("主要做法",)),
    Formula("问题标题", ("存在问题",)),
    Formula("打算标题", ("下一步打算",)),
    Formula("数据说明标题", ("数据说明",)),
)


def compose(material: Material, voice: Voice) -> Document:
    """The chapters in their fixed order; where nobody has entered a word, they are marked for the editor.

    What was done stands right before its figures, so where it is told the two chapters are one.
    """
    voice.keep_still()
    titles = {one.name: voice.formula(one.name, one.options[0]) for one in FORMULAS}
    short, left = concise(material)
    bare = is_bare(material)
    chapters = (
        *_progress(short, titles, voice),
        told("problems", titles["问题标题"], ("problem",), material, voice, wanted=bare),
        told("next", titles["打算标题"], ("next",), material, voice, wanted=bare),
        chapter("notes", titles["数据说明标题"], notes(material, voice)),
    )
    sections = (*numbered(chapters), *annex(left, voice))
    meta = imprint(material, voice, "工作简报", distribution(material, voice))
    return Document(title(material, voice), sections, GENRE.profile, meta)


def _progress(short: Material, titles: Mapping[str, str], voice: Voice) -> list[Numbered | None]:
    progress, practice = titles["进展标题"], titles["做法标题"]
    if any(one.passages("practice") for one in short.contributors):
        return [chapter("progress", f"{progress}和{practice}", items_of(short, voice))]
    return [
        chapter("progress", progress, items_of(short, voice)),
        chapter("practices", practice, wanting(practice, voice)),
    ]


GENRE = Genre("简报", "brief", compose, SETTINGS, formulas=FORMULAS, is_internal=True)
