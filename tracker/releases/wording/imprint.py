"""The frame of an internal paper: masthead, number, office, date, and to whom it goes."""

from tracker.documents.tree import Date, Inline, Inlines, Text, plain
from tracker.language.dates import say_date
from tracker.releases.house.style import say_issue
from tracker.releases.material import Material
from tracker.releases.occasion import occasion, span_words
from tracker.releases.patterns.rendering import merged

from .voice import Voice

ONE_LINE = 19  # characters of a title


def imprint(material: Material, voice: Voice, masthead: str, foot: tuple[str, ...]) -> dict:
    """Meta of the document, from the settings 刊名, 期号, 日期; a missing number is told."""
    when = occasion(material.setting("日期"))
    number = material.setting("期号").removeprefix("第").removesuffix("期")
    if not number:
        voice.remark("待补：期号，印发时编定。")
    if not when.day:
        voice.remark("待补：日期。")
    style = material.style
    office = f"{material.lead_office}编" if material.lead_office else ""
    frame = {
        "masthead": material.setting("刊名") or masthead,
        "issue": say_issue(style.issue, number, when.day.year if when.day else ""),
        "office": style.office or office,
        "date": say_date(when.day) if when.day else "【待补：日期】",
        "foot": foot,
    }
    return frame | ({"numbering": style.numbering} if style.numbering else {})


def distribution(material: Material, voice: Voice) -> tuple[str, ...]:
    """报、送、发 and the number of copies; what nobody set is marked."""
    lines = [
        f"{name}：{words}。" for name in ("报", "送", "发") if (words := material.setting(name))
    ]
    if not lines:
        voice.remark("待补：报送范围（报、送、发）。")
        lines = ["报：【待补】", "送：【待补】", "发：【待补】"]
    return (*lines, *copies(material))


def copies(material: Material) -> tuple[str, ...]:
    """共印50份, where a number was set."""
    number = material.setting("份数").removesuffix("份")
    return (f"共印{number}份",) if number else ()


def title(material: Material, voice: Voice) -> Inlines:
    """济南市2020年重点帮扶工作进展情况; on two lines, broken by sense, where one cannot hold it."""
    when, about = Date(span_words(material.span)), theme(material, voice)
    words = [Text(material.region), when, *about, Text("进展情况")]
    if _width(plain(words)) > ONE_LINE:
        words.insert(2, Text("\n"))
    return merged(words)


def _width(text: str) -> float:
    """In whole characters; digits take half of one."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def theme(material: Material, voice: Voice) -> list[Inline]:
    """重点帮扶工作, or “民生实事见成效”有关工作: a theme that is no work stands in quotation marks."""
    words = material.setting("主题") or "重点工作"
    if words.endswith(("工作", "任务", "行动", "项目", "活动", "工程")):
        return [voice.words(words)]
    return [Text("“"), voice.words(words), Text("”有关工作")]
