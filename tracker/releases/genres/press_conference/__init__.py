"""发布会实录. Before the event only its material exists: host's script, talks, prepared answers."""

from tracker.documents.tree import Document, Inlines, Ordinal, Text
from tracker.releases.genres import Chain, Formula, Genre, Setting
from tracker.releases.material import Material
from tracker.releases.occasion import occasion
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import concise
from tracker.releases.wording.annex import annex
from tracker.releases.wording.voice import Voice

from . import talk as talks
from . import words
from .answers import answers
from .host import script
from .talk import talk
from .words import session

SETTINGS = (
    Setting("主题", "如：脱贫攻坚的生动实践"),
    Setting("场次", "如：6"),
    Setting("日期", "如：2021年4月16日9:30"),
    Setting("地点", usual=True),
    Setting("主持人", "职务和姓名", usual=True),
)
FORMULAS = (
    Formula("称呼", (words.ADDRESS,)),
    Formula("欢迎语", (words.WELCOME,)),
    Formula("致谢", words.THANKS, several=True),
    Formula("转场", words.NEXT, several=True),
    Formula("请发布", words.PLEASE, several=True),
    Formula("宣布提问", (words.QUESTIONS,)),
    Formula("结束语", (words.CLOSE,)),
    Formula("发布词开头", talks.GREETINGS, several=True),
    Formula("表态", talks.STANCES, several=True),
    Formula("发布词结尾", talks.THANKS, several=True),
)


def compose(material: Material, voice: Voice) -> Document:
    """Host's script, one talk for each agency, prepared answers, a table of what the talks leave out."""
    short, left = concise(material, spoken=True)
    sections = (
        script(material, voice),
        *(section for one in short.contributors for section in talk(one, voice)),
        answers(material, voice),
        *annex(left, voice),
    )
    when = occasion(material.setting("日期"))
    meta = {"date": when.words, "place": material.setting("地点")}
    return Document(
        title(material, voice), sections, GENRE.profile, {k: v for k, v in meta.items() if v}
    )


def title(material: Material, voice: Voice) -> Inlines:
    """济南市“…”系列新闻发布会第六场会前材料, broken after the theme where it needs two lines."""
    theme, number = material.setting("主题"), material.setting("场次")
    inlines = [Text(material.region)]
    if theme:
        line_end = "\n" if len(material.region) + len(theme) > SHORT else ""
        inlines += [Text("“"), voice.words(theme), Text(f"”{line_end}系列")]
    inlines.append(Text("新闻发布会"))
    if number:
        inlines.append(Ordinal(session(number)))
    return merged([*inlines, Text("会前材料")])


# A line of a title holds 20 characters; 系列新闻发布会第二场会前材料 takes 14 of them.
SHORT = 4

GENRE = Genre(
    "发布会实录",
    "official",
    compose,
    SETTINGS,
    chain=Chain(countersign=True, secrecy=True),
    formulas=FORMULAS,
)
