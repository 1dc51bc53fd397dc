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
        "济南市总工会累计培训农民工和农村转移劳动力3221名",
        "市协调办公室　2021年4月16日",
        "2021年4月16日，市协调办公室发布全市2020年重点工作情况。"
        "济南市总工会累计培训3221名农民工和农村转移劳动力，济南市民政局累计发放残疾人两项补贴7.33亿元。",
        "市总工会：维护合法权益，守护公平正义",
        "市总工会开展组织建会行动，把组织建在村居，线上线下一起吸纳。近年来，全市累计发展农民工会员29万人。",
        "开展提升素质行动，按需求列出课程单，就近开班。全市累计培训农民工和农村转移劳动力3221名。",
        "开展维护权益行动，选派律师免费代理。全市累计办理法律援助案件412件，挽回经济损失1302万元。",
        "大桥村修路投入40万元。",
        "市民政局：织密保障网络，保障基本生活",
        "脱贫攻坚期间，市民政局做好社会救助兜底，全市52036名登记困难人口纳入社会救助。",
        "落实残疾人“两项补贴”，全市累计发放残疾人两项补贴7.33亿元。"
        "农村低保标准从2016年的300元/月提高至676元/月，增长125.33%。"
        "推进社会组织参与，累计开展829个社会组织帮扶项目。",
        "下一步，市总工会继续做好法律援助。",
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
    assert plain(document.title) == "济南市总工会累计培训农民工和农村转移劳动力3221名"


def lead_of(*contributors):
    document, _ = compiled(material(*contributors))
    return plain(document.title).split("\n")[1], plain(document.sections[0].blocks[1].inlines)


def test_headline_and_lead_are_of_one_time_and_say_whose_number_it_is():
    late = contributor(
        "市妇联", programme("巾帼行动", fact("妇女", "人", 900000, "培训", base="2015年以来"))
    )
    headline, lead = lead_of(late, union(), affairs())
    assert headline == "济南市妇联累计培训妇女90万人"
    assert lead.endswith("2015年以来，济南市妇联累计培训妇女90万人。")
    assert "农村转移劳动力" not in lead, "what has no time does not stand beside what has one"


def test_what_came_of_it_for_others_is_no_headline_of_one_body():
    one = contributor(
        "市民政局",
        programme("社会组织参与", fact("困难群众", "人", 3636000, "惠及", base="脱贫攻坚期间")),
        programme("农村低保", fact("农村低保人员", "人", 84200, "保障", base="脱贫攻坚期间")),
    )
    headline, lead = lead_of(one)
    assert headline == "济南市民政局累计保障农村低保人员8.42万人"
    assert lead.endswith("脱贫攻坚期间，济南市民政局累计保障农村低保人员8.42万人。")


def test_two_figures_of_one_time_lead_at_most():
    three = [
        contributor(
            f"市{name}局", programme(f"{name}行动", fact(name, "人", n, "培训", base="近年来"))
        )
        for n, name in enumerate(("甲类人员", "乙类人员", "丙类人员"), 200)
    ]
    _, lead = lead_of(*three)
    assert lead.endswith(
        "近年来，济南市乙类人员局累计培训乙类人员201人，济南市丙类人员局累计培训丙类人员202人。"
    )


def test_without_anything_told_the_purpose_is_no_sentence_and_coverage_ends_the_numbers():
    def said(purpose):
        kept = fact("农村低保人员", "人", 84200, "保障", base="近年来")
        one = contributor("市民政局", programme("农村低保", kept, purpose=purpose))
        return paragraphs(compiled(material(one))[0])[0]

    plainly = "市民政局落实农村低保，近年来，全市累计保障农村低保人员8.42万人。"
    turned = "近年来，市民政局落实农村低保，全市累计保障农村低保人员8.42万人。"
    assert said("让困难群众安心") in (plainly, turned)
    assert said("应保尽保").endswith("农村低保人员8.42万人，做到应保尽保。")
    assert said("") in (plainly, turned)


def test_the_agency_under_whose_name_they_stand_is_named_once():
    many = [
        programme(
            f"{name}行动",
            fact(f"{name}人员", "人", 500 + n, "培训", base="近年来"),
            purpose="让人安心",
        )
        for n, name in enumerate(("甲类", "乙类", "丙类"))
    ]
    [said, *_] = paragraphs(compiled(material(contributor("市总工会", *many)))[0])[:1]
    assert said.count("市总工会") == 1
    assert [said.count(f"{name}行动，") for name in ("甲类", "乙类", "丙类")] == [1, 1, 1]


def test_what_nobody_told_of_shares_a_paragraph_and_what_was_told_has_its_own():
    counted = fact("甲类人员", "人", 500, "培训", base="近年来")
    bare = [programme(f"{name}行动", counted, purpose="让人安心") for name in ("甲", "乙")]
    told = programme("丙行动", counted, words=[words("practice", "逐户上门。")])
    lines = paragraphs(compiled(material(contributor("市总工会", *bare, told)))[0])
    told = [line for line in lines if "行动" in line]
    assert [("甲行动" in line, "乙行动" in line, "丙行动" in line) for line in told] == [
        (True, True, False), (False, False, True),
    ]  # fmt: skip


def test_numbers_of_another_time_or_of_none_begin_another_paragraph():
    """Behind a time that was said they would be read with it; of one time it is said once."""
    times = ("近年来", "近年来", "2019年以来", "")
    many = [
        programme(
            f"{name}行动", fact(f"{name}类人员", "人", 500, "培训", base=base), purpose="让人安心"
        )
        for name, base in zip("甲乙丙丁", times, strict=True)
    ]
    lines = paragraphs(compiled(material(contributor("市总工会", *many)))[0])
    told = [line for line in lines if "行动" in line]
    assert [[name for name in "甲乙丙丁" if f"{name}行动" in line] for line in told] == [
        ["甲", "乙"], ["丙"], ["丁"],
    ]  # fmt: skip
    assert [line.count("近年来") for line in told] == [1, 0, 0]


def test_behind_a_case_the_agency_is_named_again():
    counted = fact("甲类人员", "人", 500, "培训", base="近年来")
    first = programme("甲行动", counted, words=[words("case", "孟师傅学成返乡。")])
    many = (first, programme("乙行动", counted, words=[words("practice", "逐户上门。")]))
    lines = paragraphs(compiled(material(contributor("市总工会", *many)))[0])
    behind = lines[lines.index("孟师傅学成返乡。") + 1]
    assert behind.startswith("市总工会开展乙行动，")


def test_the_plans_of_all_stand_in_one_paragraph_behind_one_opening():
    def planning(name, text):
        return contributor(name, programme(f"{name}服务", words=[words("next", text)]))

    people = [
        planning("市总工会", "工会系统将扩大服务对象。"),
        planning("团市委", "继续做好陪伴。"),
        planning("市妇联", "下一步，各级妇联将扩大覆盖面。"),
    ]
    document, _ = compiled(material(*people))
    assert paragraphs(document)[-1] == (
        "下一步，工会系统将扩大服务对象。济南团市委继续做好陪伴。各级妇联将扩大覆盖面。"
    )


def test_without_a_plan_the_editor_is_told_and_nothing_is_promised():
    document, remarks = compiled(material(affairs()))
    assert "下一步" not in text_of(document)
    assert "没有已核定的“下一步”文字，通稿未写打算。" in remarks


def test_without_a_figure_that_can_lead_the_headline_names_the_work():
    told = contributor("市总工会", programme("服务", words=[words("practice", "上门服务。")]))
    document, _ = compiled(material(told, settings={}))
    assert plain(document.title) == "济南市2020年重点工作取得新进展"
    assert paragraphs(document) == ["济南市总工会加强服务，上门服务。"]


def test_what_need_not_be_said_stands_in_the_table_alone():
    one = union()
    first, *others = one.programmes
    small = fact("法律咨询", "件", 12, "办理", must_say=False)
    widened = replace(first, facts=(*first.facts, small))
    document, _ = compiled(material(replace(one, programmes=(widened, *others)), settings={}))
    (table,) = [b for s in document.sections for b in s.blocks if isinstance(b, Table)]
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["市总工会", "组织建会行动", "办理法律咨询", "12件"]
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
    assert table_of(3)[2].alt == "附图：近年来各项资金，数值见附表"
    assert [plain(cell) for cell in table_of(3)[1].head] == ["单位", "项目", "指标", "数据", "时间"]


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
