"""简讯: one matter an item, all that must be said of it, no table."""

from tests.releases.conference import conference, union
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
from tracker.documents.tree import Table, plain
from tracker.releases.compiling import prove
from tracker.releases.genres import genre
from tracker.releases.wording.voice import Voice


def compiled(given):
    voice = Voice(given)
    document = genre("简讯")[1].compose(given, voice)
    prove(document, given.names)
    return document, voice.remarks


def test_the_whole_document():
    document, remarks = compiled(
        conference(settings={"刊头": "帮扶快报", "地名": "济南", "作者": "通讯员孟远"})
    )
    assert text_of(document).split("\n") == [
        "帮扶快报（2020年）",
        "市总工会开展组织建会行动",
        "（济南　通讯员孟远）济南市总工会开展组织建会行动，把组织建在村居，线上线下一起吸纳。近年来，全市累计发展农民工会员29万人。",
        "市总工会开展提升素质行动",
        "（济南　通讯员孟远）济南市总工会开展提升素质行动，按需求列出课程单，就近开班。全市累计培训农民工和农村转移劳动力3221名。",
        "市总工会开展维护权益行动",
        "（济南　通讯员孟远）济南市总工会开展维护权益行动，选派律师免费代理。全市累计办理法律援助案件412件，挽回经济损失1302万元。",
        "下一步，继续做好法律援助。",
        "市民政局做好社会救助兜底",
        "（济南　通讯员孟远）脱贫攻坚期间，济南市民政局做好社会救助兜底，全市52036名登记困难人口纳入社会救助。"
        "落实残疾人“两项补贴”，累计发放残疾人两项补贴7.33亿元。",
        "市民政局提高农村低保标准",
        "（济南　通讯员孟远）全市农村低保标准从2016年的300元/月提高至676元/月，增长125.33%。",
        "市民政局推进社会组织参与",
        "（济南　通讯员孟远）济南市民政局推进社会组织参与，全市累计开展829个社会组织帮扶项目。",
    ]
    assert remarks == []


def test_without_place_and_author_there_is_no_dateline():
    document, _ = compiled(conference(settings={}))
    assert paragraphs(document)[0].startswith("济南市总工会开展组织建会行动，把组织")


def test_an_agency_with_nothing_to_tell_has_no_item():
    silent = contributor("市妇联", programme("巾帼行动"))
    document, remarks = compiled(material(union(), silent, settings={}))
    assert [section.key[:4] for section in document.sections] == ["item"] * 3
    assert remarks == ["市妇联没有可写的内容，未成一条。"]


def test_no_item_needs_a_table_and_one_of_too_much_is_two():
    many = [
        programme(
            f"{name}培训行动",
            *(fact(f"{name}{kind}人员", "人", 500, "培训") for kind in "甲乙丙丁戊己"),
        )
        for name in ("木工", "瓦工", "电工", "焊工")
    ]
    document, _ = compiled(material(contributor("市总工会", *many), settings={}))
    assert len(document.sections) == 2
    assert [b for s in document.sections for b in s.blocks if isinstance(b, Table)] == []


def test_every_must_say_figure_is_said_however_long_the_item_gets():
    given = conference()
    document, _ = compiled(given)
    assert {entry for one in given.contributors for f in one.facts for entry in f.entries} <= (
        entries_said(document)
    )


def test_of_what_need_not_be_said_the_weightiest_stands_for_it_and_the_editor_knows():
    free = [
        fact(f"{name}物资", "件", n, "调拨", must_say=False) for n, name in enumerate("甲乙丙丁", 1)
    ]
    one = contributor(
        "市总工会", programme("送物资", *free, words=[words("practice", "送货上门。")])
    )
    document, remarks = compiled(material(one, settings={}))
    assert [name for name in "甲乙丙丁" if f"{name}物资" in text_of(document)] == ["丁"]
    assert remarks == ["简讯一条一事，市总工会有3项不是必写的数据没有写入。"]


def test_a_plan_closes_the_item_that_it_speaks_of():
    def told(name, *plans):
        kept = [words("practice", "上门服务。"), *(words("next", plan) for plan in plans)]
        return programme(name, fact(f"{name}人员", "人", 500, "培训"), words=kept)

    one = contributor(
        "团市委",
        told("“希望小屋”儿童关爱项目"),
        told("农村青年电商创业培训", "将把“希望小屋”的重点转向陪伴。"),
    )
    document, _ = compiled(material(one, settings={}))
    ends = [plain(section.blocks[-1].inlines) for section in document.sections]
    assert [end.startswith("下一步，将把“希望小屋”") for end in ends] == [True, False]


def test_a_plan_that_says_so_itself_is_not_announced_twice():
    one = contributor(
        "市总工会",
        programme(
            "服务", words=[words("practice", "上门服务。"), words("next", "今后将扩大范围。")]
        ),
    )
    document, _ = compiled(material(one, settings={}))
    assert paragraphs(document) == ["济南市总工会加强服务，上门服务。", "今后将扩大范围。"]
