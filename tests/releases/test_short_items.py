"""简讯: one item an agency; what must be said is said, the rest as long as there is room."""

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
        "市总工会维护合法权益",
        "（济南　通讯员孟远）济南市总工会开展组织建会行动，把组织建在村居，线上线下一起吸纳。近年来，共发展农民工会员29万人。"
        "按需求列出课程单，就近开班。全市累计培训农民工和农村转移劳动力3221名。"
        "选派律师免费代理。累计办理412件法律援助案件，挽回经济损失1302万元。",
        "下一步，继续做好法律援助。",
        "市民政局织密保障网络",
        "（济南　通讯员孟远）济南市民政局抓好社会救助兜底总体。脱贫攻坚期间，全市52036名登记困难人口纳入社会救助。"
        "全市共发放残疾人两项补贴7.33亿元。"
        "全市农村低保标准从2016年的300元/月提高至676元/月，增长125.33%。"
        "全市累计开展社会组织帮扶项目829个。",
    ]
    assert remarks == []


def test_without_place_and_author_there_is_no_dateline():
    document, _ = compiled(conference(settings={}))
    assert paragraphs(document)[0].startswith("济南市总工会开展组织建会行动，把组织")


def test_an_agency_with_nothing_to_tell_has_no_item():
    silent = contributor("市妇联", programme("巾帼行动"))
    document, remarks = compiled(material(union(), silent, settings={}))
    assert [section.key[:4] for section in document.sections] == ["item"]
    assert remarks == ["市妇联没有可写的内容，未成一条。"]


def test_every_must_say_figure_is_said_however_long_the_item_gets():
    given = conference()
    document, _ = compiled(given)
    assert {entry for one in given.contributors for f in one.facts for entry in f.entries} <= (
        entries_said(document)
    )


def test_of_what_need_not_be_said_three_figures_serve_a_point():
    free = [
        fact(f"{name}物资", "件", n, "调拨", must_say=False) for n, name in enumerate("甲乙丙丁", 1)
    ]
    one = contributor(
        "市总工会", programme("送物资", *free, words=[words("practice", "送货上门。")])
    )
    document, _ = compiled(material(one, settings={}))
    assert sum(f"{name}物资" in text_of(document) for name in "甲乙丙丁") == 3
    assert "甲物资" not in text_of(document), "the smallest is left out"


def test_a_plan_that_says_so_itself_is_not_announced_twice():
    one = contributor(
        "市总工会",
        programme(
            "服务", words=[words("practice", "上门服务。"), words("next", "今后将扩大范围。")]
        ),
    )
    document, _ = compiled(material(one, settings={}))
    assert paragraphs(document) == ["济南市总工会加强服务，上门服务。", "今后将扩大范围。"]
