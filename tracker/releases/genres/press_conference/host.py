"""主持词: opening with all guests, a bridge before each talk, the questions, the close."""

from tracker.documents.tree import (
    Inline,
    Ordinal,
    PageBreak,
    Paragraph,
    Person,
    Section,
    Text,
)
from tracker.releases.house.style import filled
from tracker.releases.material import Contributor, Material
from tracker.releases.occasion import Occasion, occasion
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.slots import slot
from tracker.releases.wording.voice import Voice

from . import words


def script(material: Material, voice: Voice) -> Section:
    when = occasion(material.setting("日期"))
    blocks = [
        Paragraph((Text("主持词"),), "part"),
        *_when_and_where(material, when, voice),
        _host(material, voice),
        Paragraph((Text(voice.formula("称呼", words.ADDRESS)),), "flush"),
        Paragraph((Text(_welcome(when, voice)),)),
        _occasion(material, voice),
        _guests(material, voice),
        *_bridges(material, voice),
        Paragraph((Text(voice.formula("宣布提问", words.QUESTIONS)),)),
        Paragraph((Text(words.BETWEEN_QUESTIONS),)),
        Paragraph((Text(voice.formula("结束语", words.CLOSE)),)),
        PageBreak(),
    ]
    return Section("host", None, tuple(blocks))


def _welcome(when: Occasion, voice: Voice) -> str:
    return filled(voice.formula("欢迎语", words.WELCOME), {"问候": when.greeting})


def _host(material: Material, voice: Voice) -> Paragraph:
    name = material.setting("主持人")
    host = Person("host", name) if name else slot("主持人职务、姓名", voice)
    return Paragraph((Text("主持人："), host), "centre")


def _occasion(material: Material, voice: Voice) -> Paragraph:
    """今天是“…”系列新闻发布会的第二场。 Day and place stand below the title, nobody reads them aloud."""
    number = material.setting("场次")
    inlines: list[Inline] = [Text("今天是" if number else "今天举行的是")]
    inlines += [*theme(material, voice), Text("系列新闻发布会")]
    if number:
        inlines += [Text("的"), Ordinal(words.session(number))]
    return Paragraph(merged([*inlines, Text("。")]))


def theme(material: Material, voice: Voice) -> list[Inline]:
    """“脱贫攻坚的生动实践”; marked where nobody set it."""
    said = material.setting("主题")
    return [Text("“"), voice.words(said), Text("”")] if said else [slot("发布会主题", voice)]


def _when_and_where(material: Material, when: Occasion, voice: Voice) -> list[Paragraph]:
    """What the line below the title cannot say, because nobody set it."""
    missing = [] if when.day else [slot("发布会时间", voice)]
    missing += [] if material.setting("地点") else [slot("发布会地点", voice)]
    return [Paragraph(merged(missing), "centre")] if missing else []


def _guests(material: Material, voice: Voice) -> Paragraph:
    inlines: list[Inline] = [Text("出席今天发布会的有：")]
    for number, one in enumerate(material.contributors):
        inlines += [Text("，")] if number else []
        inlines += introduced(one, voice)
    several = len(material.contributors) > 1
    who = "他们将分别" if several else "发布人将"
    inlines.append(Text(f"。{who}介绍有关工作情况，并回答大家关心的问题。"))
    return Paragraph(merged(inlines))


def introduced(one: Contributor, voice: Voice) -> list[Inline]:
    """Agency, all posts and name; an open slot where nobody was named."""
    if one.guest is None:
        return [voice.agency(one), slot(f"{one.short_name}发布人职务、姓名", voice)]
    return [
        voice.agency(one),
        voice.words(one.guest.post),
        Person(f"g{one.guest.id}", one.guest.name),
    ]


def _bridges(material: Material, voice: Voice) -> list[Paragraph]:
    """Thanks to the last speaker, then the next one with full posts."""
    made, before = [], None
    for one in material.contributors:
        inlines: list[Inline] = []
        if before is None:
            inlines.append(Text("首先，请"))
        else:
            thanks = voice.pick("thanks", voice.own("致谢", words.THANKS))
            inlines += [Text("感谢"), *_addressed(before, voice), Text(thanks)]
            inlines.append(Text(voice.pick("next", voice.own("转场", words.NEXT))))
        inlines += introduced(one, voice)
        inlines.append(Text(voice.pick("please", voice.own("请发布", words.PLEASE))))
        made.append(Paragraph(merged(inlines)))
        before = one
    if before is not None:
        inlines = [Text("感谢"), *_addressed(before, voice), Text("的发布。")]
        made.append(Paragraph(merged([*inlines, Text("以上是各单位介绍的情况。")])))
    return made


def _addressed(one: Contributor, voice: Voice) -> list[Inline]:
    """李主席 for 党组成员、副主席 李某; the agency where nobody was named."""
    if one.guest is None:
        return [voice.agency(one)]
    return [Person(f"g{one.guest.id}", words.addressed(one.guest.name, one.guest.post))]
