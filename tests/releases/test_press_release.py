"""通稿: the news first, every must-say figure in the text, the others in a table."""

from dataclasses import replace

from tests.releases.conference import affairs, conference, union
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
from tracker.documents.tree import Table, figures, plain
from tracker.releases.compiling import prove
from tracker.releases.genres import genre
from tracker.releases.wording.voice import Voice


def compiled(given=None, **fields):
    given = given or conference(**fields)
    voice = Voice(given)
    document = genre("通稿")[1].compose(given, voice)
    prove(document, given.names)
    return document, voice.remarks


def test_the_whole_release():
    document, remarks = compiled()
    assert text_of(document).split("\n") == [
        "民生实事见成效",
        "济南市累计培训农民工和农村转移劳动力3221名",
        "市协调办公室　2021年4月16日",
        "记者从市协调办公室获悉，市总工会、市民政局等单位扎实推进重点工作，全市累计培训3221名农民工和农村转移劳动力，累计发放残疾人两项补贴7.33亿元。",
        "济南市总工会：维护合法权益，守护公平正义",
        "把组织建在村居，线上线下一起吸纳。近年来，共发展农民工会员29万人。",
        "按需求列出课程单，就近开班。全市累计培训农民工和农村转移劳动力3221名。",
        "选派律师免费代理。累计办理412件法律援助案件，挽回经济损失1302万元。",
        "大桥村修路投入40万元。",
        "济南市民政局：织密保障网络，保障基本生活",
        "抓好社会救助兜底总体。脱贫攻坚期间，全市52036名登记困难人口纳入社会救助。",
        "落实残疾人“两项补贴”。全市共发放残疾人两项补贴7.33亿元。",
        "提高农村低保标准。全市农村低保标准从2016年的300元/月提高至676元/月，增长125.33%。",
        "抓好社会组织参与。全市累计开展社会组织帮扶项目829个。",
        "市总工会表示，下一步，继续做好法律援助。",
    ]
    assert remarks == ["待补：联系人，供媒体核实数据。"]


def test_the_headline_says_a_figure_of_the_body():
    document, _ = compiled()
    (headline,) = [one for one in document.title if hasattr(one, "entries")]
    body = [one for one in figures(document) if one.entries == headline.entries]
    assert {one.surface for one in body} == {headline.surface}
    assert len(body) == 3, "headline, lead and body"


def test_without_a_theme_the_news_is_the_whole_headline():
    document, _ = compiled(settings={})
    assert plain(document.title) == "济南市累计培训农民工和农村转移劳动力3221名"


def test_a_lead_says_the_period_where_it_changes():
    late = contributor(
        "市妇联", programme("巾帼行动", fact("妇女", "人", 900000, "培训", base="2015年以来"))
    )
    document, _ = compiled(material(late, union(), affairs()))
    lead = plain(document.sections[0].blocks[1].inlines)
    assert lead.endswith("累计发放残疾人两项补贴7.33亿元；2015年以来，累计培训妇女90万人。")


def test_without_a_figure_that_can_lead_the_headline_names_the_work():
    told = contributor("市总工会", programme("服务", words=[words("practice", "上门服务。")]))
    document, _ = compiled(material(told, settings={}))
    assert plain(document.title) == "济南市2020年重点工作取得新进展"
    assert paragraphs(document) == ["上门服务。"]


def test_what_need_not_be_said_stands_in_the_table_alone():
    one = union()
    first, *others = one.programmes
    small = fact("法律咨询", "件", 12, "办理", must_say=False)
    widened = replace(first, facts=(*first.facts, small))
    document, _ = compiled(material(replace(one, programmes=(widened, *others)), settings={}))
    (table,) = [b for s in document.sections for b in s.blocks if isinstance(b, Table)]
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["市总工会", "办理法律咨询", "12件"]
    ]
    assert "法律咨询" not in text_of(document)


def test_the_money_of_the_table_is_drawn_where_there_is_enough_of_one_time():
    def table_of(count, base="近年来"):
        free = [
            fact(f"资金{n}", "元", 10**6 * n, "投入", must_say=False, base=base)
            for n in range(1, count + 1)
        ]
        said = fact("职工", "人", 500, "培训")
        document, _ = compiled(
            material(contributor("市总工会", programme("帮扶", said, *free)), settings={})
        )
        return document.sections[-1].blocks

    assert [type(one).__name__ for one in table_of(2)] == ["PageBreak", "Table"]
    assert [type(one).__name__ for one in table_of(3)] == ["PageBreak", "Table", "Image"]
    assert table_of(3)[2].alt == "附图：附表中同一时间的资金，数值见附表"
    assert [plain(cell) for cell in table_of(3)[1].head] == ["单位", "指标", "数据", "时间"]


def test_every_figure_is_in_the_text_or_in_the_table():
    given = conference()
    document = genre("press_release")[1].compose(given, Voice(given))
    assert {entry for one in given.contributors for f in one.facts for entry in f.entries} <= (
        entries_said(document)
    )


def test_the_contact_closes_the_text():
    set_ = {"联系人": "市协调办公室孟远", "日期": "2021年4月16日"}
    document, remarks = compiled(settings=set_)
    assert paragraphs(document, "flush") == ["联系人：市协调办公室孟远"]
    assert remarks == []


def test_a_release_is_made_for_the_public():
    assert not genre("通稿")[1].is_internal


def test_the_same_material_and_seed_say_the_same():
    given = conference()
    texts = {text_of(genre("通稿")[1].compose(given, Voice(given))) for _ in range(3)}
    assert len(texts) == 1


def test_a_day_that_nobody_set_is_an_open_slot_and_never_invented():
    document, remarks = compiled(settings={})
    assert paragraphs(document, "centre") == ["市协调办公室　【待补：发布日期】"]
    assert "待补：发布日期。" in remarks
