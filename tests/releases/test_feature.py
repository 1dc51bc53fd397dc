"""通讯: supplied scenes and quotations verbatim, captioned pictures, facts behind their source."""

import pytest

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


def test_a_part_has_a_scene_the_facts_behind_their_source_and_a_voice():
    document, remarks = compiled(league())
    lead, scene, facts, voice, plan = [
        line for line in text_of(document).split("\n")[1:] if line.endswith("。")
    ]
    assert lead.startswith("——济南市") or lead.startswith("2020年，共青团济南市委员会")
    assert scene == "小雯有了自己的书桌。"
    assert "团市委实施“希望小屋”儿童关爱项目，" in facts or "委员会实施“希望小屋”" in facts
    assert "为困难儿童改造学习空间。截至2020年底，" in facts
    assert "定期回访" not in facts, "the first sentence of how it was done is enough"
    assert "“希望小屋”" in facts
    assert voice == "“建好小屋只是开始。”团市委副书记林知夏说。"
    assert plan.endswith("表示，下一步，继续做好陪伴。")
    assert paragraphs(document, "right") == ["（记者孟远　通讯员周宁）"]
    assert remarks == []


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


@pytest.mark.parametrize("seed", range(4))
def test_sources_are_not_repeated_one_after_another(seed):
    document, _ = compiled(union(), affairs(), seed=seed)
    told = [line for line in paragraphs(document) if "。" in line]
    begins = [line[:4] for line in told]
    assert all(one != other for one, other in zip(begins, begins[1:], strict=False))
