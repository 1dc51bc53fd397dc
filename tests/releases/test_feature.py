"""通讯: supplied scenes and quotations verbatim, captioned pictures; a person first."""

from tests.releases.conference import affairs, union
from tests.releases.kit import (
    contributor,
    entries_said,
    fact,
    material,
    paragraphs,
    programme,
    text_of,
    words,
)
from tracker.documents.tree import Image, Passage, plain, walk
from tracker.releases.compiling import prove
from tracker.releases.genres import genre
from tracker.releases.material import Picture
from tracker.releases.wording.voice import Voice

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30
SETTINGS = {"主题": "温暖送到心坎上", "作者": "记者孟远　通讯员周宁"}


def league():
    return contributor(
        "团市委",
        programme(
            "“希望小屋”儿童关爱项目",
            fact("“希望小屋”", "个", 425, "建成", as_of="2020年底"),
            fact("志愿者", "名", 30, "组织", must_say=False),
            words=[
                words("practice", "为困难儿童改造学习空间。建成后定期回访。"),
                words("case", "小雯有了自己的书桌。"),
                words("quote", "建好小屋只是开始。", speaker="团市委副书记林知夏"),
                words("next", "继续做好陪伴。"),
            ],
        ),
        name="共青团济南市委员会",
    )


def compiled(*contributors, settings=None, **fields):
    given = material(*contributors, settings=SETTINGS if settings is None else settings, **fields)
    voice = Voice(given)
    document = genre("通讯")[1].compose(given, voice)
    prove(document, given.names)
    return document, voice.remarks


def lines_of(document):
    """What is read below the two lines of the title."""
    return [line for line in text_of(document).split("\n")[2:] if line.endswith(("。", "】"))]


def test_it_begins_with_a_person_then_who_does_what_and_a_part_ends_with_a_voice():
    document, remarks = compiled(league())
    scene, lead, facts, voice, plan = lines_of(document)
    assert scene == "小雯有了自己的书桌。"
    assert lead == (
        "2020年，共青团济南市委员会实施“希望小屋”儿童关爱项目。"
        "截至2020年底，团市委累计建成“希望小屋”425个。"
    )
    assert facts.startswith(
        "团市委实施“希望小屋”儿童关爱项目，为困难儿童改造学习空间。截至2020年底，"
    )
    assert "定期回访" not in facts, "the first sentence of how it was done is enough"
    assert voice == "“建好小屋只是开始。”团市委副书记林知夏说。"
    assert plan == "下一步，继续做好陪伴。"
    assert paragraphs(document, "right") == ["（记者孟远　通讯员周宁）"]
    assert remarks == []


def test_without_a_person_the_story_is_an_open_slot():
    document, remarks = compiled(affairs())
    assert lines_of(document)[0] == "【待补：人物故事】"
    assert "待补：人物故事。" in remarks


def test_scene_facts_and_voice_of_one_matter_stand_together():
    def told(name, number):
        return programme(
            f"{name}关爱行动",
            fact(f"{name}儿童", "人", 500 + number, "帮扶"),
            words=[
                words("practice", f"为{name}儿童上门服务。"),
                words("case", f"{name}村的孩子有了书桌。"),
                words("quote", f"{name}村变了样。", speaker="村民老李"),
            ],
        )

    document, _ = compiled(contributor("团市委", told("东", 1), told("西", 2)))
    kept = [line for line in lines_of(document) if "村" in line or "上门" in line]
    assert ["东" if "东" in line else "西" for line in kept] == ["东", "东", "东", "西", "西", "西"]
    assert ["上门" in line for line in kept] == [False, True, False] * 2


def test_nobody_is_said_to_have_told_what_nobody_was_asked():
    document, _ = compiled(union(), affairs(), league())
    assert [
        w for w in ("据了解", "据介绍", "记者", "表示") if w in "".join(lines_of(document))
    ] == []


def test_plans_are_announced_once_a_sentence_each():
    two = contributor(
        "市妇联", programme("服务", words=[words("next", "各级妇联将扩大覆盖面。还将回访。")])
    )
    document, _ = compiled(league(), two)
    assert lines_of(document)[-1] == "下一步，团市委继续做好陪伴。各级妇联将扩大覆盖面。"


def test_the_theme_stands_above_what_the_text_is_about():
    assert plain(compiled(league())[0].title) == "温暖送到心坎上\n——济南市2020年重点工作综述"
    assert plain(compiled(league(), settings={})[0].title) == "济南市2020年重点工作综述"


def test_quotations_are_verbatim_and_a_speaker_that_nobody_named_is_an_open_slot():
    nameless = contributor("市妇联", programme("巾帼行动", words=[words("quote", "日子有奔头。")]))
    document, remarks = compiled(nameless)
    assert "“日子有奔头。”【待补：引语的发言人】说。" in text_of(document)
    assert "待补：引语的发言人。" in remarks
    assert "日子有奔头。" in [plain(p.inlines) for p in walk(document) if isinstance(p, Passage)]


def test_there_are_three_parts_at_most_and_what_they_leave_out_stands_in_the_table():
    people = [
        contributor(f"市{name}局", programme(f"{name}工作", fact(name, "个", 100 + n, "完成")))
        for n, name in enumerate(("绿化", "培训", "低保", "法律援助", "驻村"))
    ]
    document, _ = compiled(*people)
    assert sum(section.key.startswith("part") for section in document.sections) == 3
    owed = {entry for one in people for f in one.facts for entry in f.entries}
    assert entries_said(document) == owed


def test_all_that_the_city_has_is_told_once():
    document, _ = compiled(union(), affairs(), league())
    lines = [line for line in text_of(document).split("\n") if line]
    assert len(set(lines)) == len(lines)


def test_pictures_are_numbered_and_captioned_in_the_order_asked_for():
    pictures = (Picture(1, "志愿者上门陪读", PNG), Picture(2, "“希望小屋”揭牌", PNG))
    settings = {**SETTINGS, "图片": "志愿者上门陪读；“希望小屋”揭牌；不存在的图"}
    document, remarks = compiled(league(), settings=settings, pictures=pictures)
    printed = [b for s in document.sections for b in s.blocks if isinstance(b, Image)]
    assert [plain(one.caption) for one in printed] == ["图1　志愿者上门陪读", "图2　“希望小屋”揭牌"]
    assert [one.alt for one in printed] == ["志愿者上门陪读", "“希望小屋”揭牌"]
    assert remarks == ["已核定的报送材料里没有说明为“不存在的图”的图片。"]
