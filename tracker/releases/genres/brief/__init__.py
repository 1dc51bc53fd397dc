"""简报: masthead, progress, practice, problems, next steps, and who it is sent to. Internal."""

from tracker.documents.tree import Date, Document, Inlines, Text
from tracker.language.dates import say_date
from tracker.releases.genres import Genre, Setting
from tracker.releases.material import Material
from tracker.releases.occasion import occasion, span_words
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.voice import Voice

from .sections import next_steps, practices, problems, progress

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
    """The four sections in their fixed order; one without any approved text is left out."""
    voice.keep_still()
    made = [write(material, voice) for write in (progress, practices, problems, next_steps)]
    numbered = [section for section in made if section]
    sections = tuple(build(number) for number, build in enumerate(numbered, 1))
    return Document(title(material, voice), sections, GENRE.profile, _meta(material, voice))


def title(material: Material, voice: Voice) -> Inlines:
    """济南市2020年重点帮扶工作进展情况; a theme that is no work stands in quotation marks."""
    theme = material.setting("主题") or "重点工作"
    words = [voice.words(theme)]
    if not theme.endswith(("工作", "任务", "行动", "项目", "活动", "工程")):
        words = [Text("“"), *words, Text("”有关工作")]
    when = Date(span_words(material.span))
    return merged([Text(material.region), when, *words, Text("进展情况")])


def _meta(material: Material, voice: Voice) -> dict[str, str | tuple[str, ...]]:
    when = occasion(material.setting("日期"))
    number = material.setting("期号").removeprefix("第").removesuffix("期")
    if not number:
        voice.remark("待补：期号，印发时编定。")
    return {
        "masthead": material.setting("刊名") or "工作简报",
        "issue": f"第{number or '　'}期",
        "office": f"{material.lead_office}编" if material.lead_office else "",
        "date": say_date(when.day or material.span_end),
        "foot": _foot(material, voice),
    }


def _foot(material: Material, voice: Voice) -> tuple[str, ...]:
    """报、送、发 and the number of copies; what nobody set is marked."""
    lines = [
        f"{name}：{words}。" for name in ("报", "送", "发") if (words := material.setting(name))
    ]
    if not lines:
        voice.remark("待补：报送范围（报、送、发）。")
        lines = ["报：【待补】", "送：【待补】", "发：【待补】"]
    copies = material.setting("份数").removesuffix("份")
    return (*lines, f"共印{copies}份") if copies else tuple(lines)


GENRE = Genre("简报", "brief", compose, SETTINGS, is_internal=True)
