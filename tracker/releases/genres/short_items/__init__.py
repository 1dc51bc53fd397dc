"""简讯: short items of one matter each: a headline of what was done, a dateline, the event, the figures, what comes next."""

from tracker.documents.tree import Date, Document, Section, Text
from tracker.releases.genres import Genre, Setting
from tracker.releases.material import Material
from tracker.releases.occasion import span_words
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import left_out
from tracker.releases.wording.voice import Voice

from .items import item, matters, plan_at

SETTINGS = (
    Setting("刊头", "如：区县快报，印在标题处", usual=True),
    Setting("地名", "消息的发生地，如：济南", usual=True),
    Setting("作者", "如：通讯员孟远", usual=True),
)


def compose(material: Material, voice: Voice) -> Document:
    """Agencies in their order; one with nothing to tell has no item, and the editor is told."""
    sections: list[Section] = []
    for one in material.contributors:
        told = matters(one)
        at = plan_at(one, told)
        for number, matter in enumerate(told):
            plan = one.passages("next")[0] if number == at else None
            sections.append(item(matter, number + 1, plan, voice))
        if not told:
            voice.remark(f"{one.short_name}没有可写的内容，未成一条。")
        if left := len(left_out(one, [p for matter in told for p in matter.programmes])):
            voice.remark(f"简讯一条一事，{one.short_name}有{left}项不是必写的数据没有写入。")
    name = material.setting("刊头") or f"{material.region}工作简讯"
    title = merged([voice.words(name), Text("（"), Date(span_words(material.span)), Text("）")])
    return Document(title, tuple(sections), GENRE.profile)


GENRE = Genre("简讯", "plain", compose, SETTINGS)
