"""发布会实录 before the event: script, talks, prepared answers."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

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
)  # fmt: skip
from tracker.documents.tree import Passage, Person, Table, plain, walk
from tracker.releases.compiling import prove
from tracker.releases.facts import from_to, growth
from tracker.releases.genres import genre
from tracker.releases.genres.press_conference.words import addressed, session
from tracker.releases.house.style import Style
from tracker.releases.material import Number
from tracker.releases.selection import to_the_point
from tracker.releases.wording.voice import Voice


def compiled(given):
    voice = Voice(given)
    document = genre("发布会实录")[1].compose(given, voice)
    prove(document, given.names)
    return document, voice.remarks


def text(given):
    return text_of(compiled(given)[0])


def headings(document):
    return [plain(section.heading.inlines) for section in document.sections if section.heading]


def test_the_title_names_city_theme_and_session():
    document, _ = compiled(conference())
    assert plain(document.title) == "济南市“民生实事见成效”\n系列新闻发布会第六场会前材料"


def test_the_title_says_only_what_was_set():
    document, _ = compiled(conference(settings={}))
    assert plain(document.title) == "济南市新闻发布会会前材料"


def test_time_and_place_stand_below_the_title():
    document, _ = compiled(conference())
    assert dict(document.meta) == {"date": "2021年4月16日9:30", "place": "市新闻发布厅"}


def test_the_script_presents_the_guests_with_full_posts_in_order():
    assert (
        "出席今天发布会的有：济南市总工会党组成员、副主席周明远，"
        "济南市民政局【待补：市民政局发布人职务、姓名】。" in text(conference())
    )


def test_the_host_greets_by_the_hour():
    assert "大家上午好！" in text(conference())
    assert "大家好！欢迎大家参加今天的新闻发布会。" in text(conference(settings={}))


def test_the_host_names_theme_and_session_and_does_not_read_out_day_and_place():
    script = text(conference()).partition("市总工会发布词")[0]
    assert "今天是“民生实事见成效”系列新闻发布会的第六场。" in script
    assert "2021年" not in script
    assert "市新闻发布厅" not in script
    settings = {"主题": "民生实事见成效"}
    assert "今天举行的是“民生实事见成效”系列新闻发布会。" in text(conference(settings=settings))


@pytest.mark.parametrize("seed", range(4))
def test_a_talk_begins_with_whose_decisions_and_its_main_programme(seed):
    lead = paragraphs(compiled(conference(seed=seed))[0], "lead")[0]
    stance = lead.partition("。")[0]
    assert stance.startswith("济南市总工会")
    assert stance.endswith(("抓好组织建会行动等各项工作", "推进组织建会行动等各项工作"))
    assert "主题" not in stance, "the title of the conference is no aim of the work"


def test_a_theme_with_a_numeral_stays_whole():
    settings = {"主题": "515扶贫工程见成效"}
    assert "“515扶贫工程见成效”" in text(conference(settings=settings))


def test_a_city_may_say_the_theme_itself():
    said = Style(formulas={"表态": ("紧扣{主题}主题，突出{主线}，{项目}。",)})
    lead = paragraphs(compiled(replace(conference(), style=said))[0], "lead")[0]
    assert lead.startswith(
        "济南市总工会紧扣“民生实事见成效”主题，突出组织建会行动，开展提升素质行动、维护权益行动。"
    )


def test_bridges_thank_by_surname_and_title_without_deputy():
    script = text(conference()).partition("市总工会发布词")[0]
    assert script.count("感谢周主席") == 1
    assert "副主席周明远" in script


@pytest.mark.parametrize(
    ("name", "post", "said"),
    [
        ("周明远", "党组成员、副主席", "周主席"),
        ("林知夏", "副书记", "林书记"),
        ("欧阳文清", "局长", "欧阳局长"),
        ("孟远", "新闻科干事", "孟远"),
        ("李", "主席", "李"),
    ],
)
def test_speakers_are_addressed_as_hosts_do(name, post, said):
    assert addressed(name, post) == said


@pytest.mark.parametrize(
    ("typed", "said"), [("6", "第六场"), ("第12场", "第十二场"), ("六", "第六场"), ("首", "第首场")]
)
def test_sessions_are_ordinals(typed, said):
    assert session(typed) == said


def test_what_nobody_entered_is_an_open_slot_and_never_invented():
    document, remarks = compiled(conference(settings={}))
    wanted = {"主持人职务、姓名", "发布会时间", "发布会地点", "发布会主题", "市民政局发布人职务、姓名",
              "下一步打算，请市民政局提供", "市民政局的答问口径"}  # fmt: skip
    assert set(re.findall("【待补：([^】]*)】", text_of(document))) == wanted
    assert set(remarks) == {f"待补：{what}。" for what in wanted}
    assert [one.surface for one in walk(document) if isinstance(one, Person)] == [
        "周明远", "周明远", "周主席", "周明远",
    ]  # fmt: skip


def test_a_talk_has_greeting_lead_parts_next_step_and_thanks():
    talk = (
        text(conference()).partition("市总工会发布词")[2].partition("市民政局发布词")[0].split("\n")
    )
    talk = [line for line in talk if line]
    assert talk[0] == "济南市总工会党组成员、副主席　周明远"
    assert talk[1].endswith("大家好！")
    assert talk[2].startswith("济南市总工会")
    assert "三个方面" in talk[3]
    assert [line[:2] for line in talk if re.match("[一二三四]、", line)] == ["一、", "二、", "三、"]
    assert talk[-2] == "下一步，继续做好法律援助。"
    assert talk[-1].endswith("谢谢大家！")


def test_headings_are_parallel_and_none_is_said_twice():
    document, _ = compiled(conference())
    titles = [line[2:] for line in headings(document) if "，" in line]
    assert titles != []
    assert {tuple(map(len, title.split("，"))) for title in titles} == {(6, 6)}
    assert len(set(titles)) == len(titles)


def test_what_was_done_stands_before_its_number():
    told = "选派律师免费代理。(全市)?(累计|共)办理(法律援助案件412件|412件法律援助案件)，挽回经济损失1302万元。"
    assert re.search(told, text(conference(seed=1)))


def test_a_programme_that_sums_up_the_whole_stands_in_the_lead():
    document, _ = compiled(conference())
    [lead] = [line for line in paragraphs(document, "lead") if "52036" in line]
    assert "脱贫攻坚期间，全市52036名登记困难人口纳入社会救助" in lead
    assert text_of(document).count("52036名") == 1


def test_passages_go_in_verbatim_with_their_confirmed_figures():
    document, _ = compiled(conference())
    passages = [plain(one.inlines) for one in walk(document) if isinstance(one, Passage)]
    assert "大桥村修路投入40万元。" in passages
    [figure] = [f for f in walk(document) if getattr(f, "key", "") == "pf7001"]
    assert (figure.surface, figure.entries, figure.value) == ("40万元", (), 400000)


def test_the_two_ends_of_a_range_in_a_passage_are_printed_once():
    ends = [
        Number(n, 2, 7, "6—16岁", Decimal(value), "岁", qualifier)
        for n, value, qualifier in ((1, 6, "区间下限"), (2, 16, "区间上限"))
    ]
    told = words("practice", "陪伴6—16岁儿童。", *ends)
    one = contributor("团市委", programme("陪伴行动", words=[told]))
    assert "陪伴6—16岁儿童。" in text(material(one))


def test_prepared_answers_follow_the_order_of_the_talks():
    answers = text(conference()).partition("答问口径\n")[2]
    assert answers.split("\n") == [
        "一、济南市总工会",
        "问：今年有何打算？",
        "答：将新建一批服务站。",
        "二、济南市民政局",
        "【待补：市民政局的答问口径】",
    ]


def test_every_agency_is_named_in_full_first_and_shortly_afterwards():
    script = text(conference()).partition("市总工会发布词")[0]
    assert script.count("济南市总工会") == 1
    assert script.count("市总工会") == 2


def test_every_must_say_figure_is_said():
    given = conference()
    owed = {entry for one in given.contributors for fact_ in one.facts for entry in fact_.entries}
    assert owed <= entries_said(compiled(given)[0])


def test_a_talk_about_one_thing_has_no_numbered_parts():
    one = contributor("市水务局", programme("河道治理工程", fact("河道", "公里", 36, "治理")))
    document, _ = compiled(material(one))
    assert headings(document) == []
    assert "我们实施河道治理工程，全市累计治理河道36公里。" in text_of(document)


def test_programmes_of_which_only_numbers_are_known_share_a_list():
    one = contributor(
        "市民政局",
        programme("农村低保", fact("农村低保人员", "人", 84200, "保障")),
        programme("特困供养", fact("特困供养人员", "人", 13700, "保障")),
    )
    assert "全市保障农村低保人员8.42万人；保障特困供养人员1.37万人。" in text(material(one))


def test_a_purpose_with_a_number_is_left_out_and_the_editor_knows():
    one = contributor(
        "市水务局", programme("治水行动", fact("河道", "条", 6, "治理"), purpose="治理36条河")
    )
    document, remarks = compiled(material(one))
    assert "36" not in text_of(document)
    assert "项目“治水行动”的目的中含有数字，未写入正文。" in remarks


def test_a_programme_with_only_plans_makes_no_part():
    planned = programme("明年计划", words=[words("next", "下一步，扩大覆盖。")])
    one = contributor("市总工会", *union().programmes, planned)
    assert "明年计划" not in text(material(one))
    assert "\n下一步，扩大覆盖。" in text(material(one))


def test_the_seed_varies_the_words_and_nothing_else():
    first, second = conference(seed=1), conference(seed=2)
    assert text(first) != text(second)
    assert entries_said(compiled(first)[0]) != set()


def test_the_same_material_gives_the_same_tree():
    given = material(union(), affairs())
    assert compiled(given)[0] == compiled(given)[0]


def test_a_theme_with_a_numeral_is_kept_whole():
    settings = {"主题": "十大行动", "场次": "2"}
    assert text(conference(settings=settings)).startswith(
        "济南市“十大行动”\n系列新闻发布会第二场会前材料"
    )


def test_a_talk_bears_so_many_figures_and_the_table_holds_the_others():
    must = [fact(f"甲{n}", "个", 500, "覆盖") for n in range(10)]
    may = [
        fact(f"乙{n}", "个", value, "覆盖", must_say=False)
        for n, value in enumerate((9, 30, 20, 40))
    ]
    crowded = programme("覆盖行动", *must)
    spare = [programme(f"扩面{n}", one) for n, one in enumerate(may)]
    document, _ = compiled(material(contributor("市总工会", crowded, *spare)))
    table = [[plain(cell) for cell in row] for row in document.sections[-1].blocks[1].rows]
    assert table == [
        ["市总工会", "扩面0", "覆盖乙0", "9个"],
        ["市总工会", "扩面2", "覆盖乙2", "20个"],
    ]
    assert entries_said(document) == {e for f in [*must, *may] for e in f.entries}


def pointed(*facts):
    """A programme of these facts, as a talk says it."""
    whole = programme("创业行动", *facts)
    return to_the_point(whole, contributor("市总工会", whole))


def test_three_numbers_serve_one_point_and_no_part_stands_without_its_whole():
    whole = fact("创业园", "家", 108, "建成", must_say=False)
    part = fact(
        "省级创业园", "家", 15, "建成", must_say=False, topic_wholes=frozenset({whole.topic.id})
    )
    more = [fact(f"乙{n}", "家", 900 + n, "培育", must_say=False) for n in range(3)]
    assert pointed(whole, part, *more).facts == tuple(more)
    kept = pointed(replace(whole, must_say=True), part)
    assert "108家，其中省级创业园15家" in text(material(contributor("市总工会", kept)))


def crowd(names, **differs):
    return [fact(f"{name}类{n}", "个", 500 + n, "覆盖", **differs) for n, name in enumerate(names)]


def test_what_must_be_said_goes_to_the_table_only_where_there_is_more_of_it_than_a_talk_bears():
    may = crowd("子丑", must_say=False)
    few = [programme(f"行动{n}", *crowd("甲乙丙丁")) for n in range(3)]
    document, remarks = compiled(material(contributor("市总工会", *few, programme("其他", *may))))
    assert [plain(row[2]) for row in table_of(document).rows] == ["覆盖子类0", "覆盖丑类1"]
    assert [one for one in remarks if "必写" in one] == []

    many = [programme(f"行动{n}", *crowd("甲乙丙丁")) for n in range(4)]
    document, remarks = compiled(material(contributor("市总工会", *many)))
    rows = [[plain(cell) for cell in row] for row in table_of(document).rows]
    assert [row[2] for row in rows] == ["覆盖甲类0", "覆盖乙类1", "覆盖丙类2", "覆盖丁类3"]
    assert len({row[1] for row in rows}) == 1
    assert [one for one in remarks if "必写" in one] == [
        "正文容纳不下的4项必写数据写在附表中，可改写进正文。"
    ]
    assert entries_said(document) == {e for p in many for f in p.facts for e in f.entries}


def raised(name, now, before):
    low = fact(name, "元/月", now, topic_measure="standard")
    start = from_to(low, Decimal(before))
    return replace(low, related=(("start", start), ("growth", growth(low, start))))


def test_what_was_raised_is_one_point_beside_three_numbers():
    low, others = raised("低保标准", 676, 300), crowd("甲乙丙丁戊己庚辛壬癸")
    assert pointed(low, *others).facts == (low, *others[-3:])


def test_what_was_raised_stands_in_the_table_with_its_start_and_growth():
    low, high = raised("低保标准", 676, 300), raised("供养标准", 600, 800)
    people = [fact(f"群众{n}", "人", 9000 + n, "救助") for n in range(15)]
    full = [programme(f"救助{n}", *people[n : n + 3]) for n in range(0, 15, 3)]
    single = programme("提标行动", low, high, fact("困难群众", "人", 90000, "惠及"))
    document, _ = compiled(material(contributor("市民政局", single, *full)))
    said = {plain(row[2]): plain(row[3]) for row in table_of(document).rows}
    assert said["低保标准"] == "676元/月（原300元/月，增长125.33%）"
    assert said["供养标准"] == "600元/月（原800元/月，下降25%）"


def table_of(document):
    [table] = [b for s in document.sections for b in s.blocks if isinstance(b, Table)]
    return table


def test_an_agency_with_little_to_report_reports_it_all():
    facts = [fact(f"乙{n}", "家", 900 + n, "培育", must_say=False) for n in range(8)]
    document, _ = compiled(material(contributor("市总工会", programme("创业行动", *facts))))
    assert entries_said(document) == {e for one in facts for e in one.entries}
    assert [section.key for section in document.sections].count("annex") == 0


def test_a_title_runs_on_into_what_was_done():
    assert "我们开展维护权益行动，选派律师免费代理。" in text(conference())
    one = contributor(
        "市总工会",
        programme(
            "技能培训", fact("职工", "名", 30, "培训"), words=[words("practice", "就近开班。")]
        ),
        programme(
            "素质提升",
            fact("女工", "名", 40, "培训"),
            words=[words("practice", "近年来逐年开班。")],
        ),
    )
    shown = text(material(one))
    assert "一是开展技能培训，就近开班。" in shown
    assert "二是推进素质提升，近年来逐年开班。" in shown


def test_the_lead_opens_with_a_stretch_of_time_that_all_figures_share():
    def lead(base):
        given_ = material(
            contributor(
                "市总工会", programme("建会行动", fact("会员", "人", 30, "发展", base=base))
            )
        )
        return paragraphs(compiled(given_)[0], "lead")[0]

    assert lead("脱贫攻坚期间").startswith("脱贫攻坚期间，济南市总工会")
    assert lead("近日").startswith("济南市总工会")


def test_one_guest_is_not_addressed_as_several():
    given = material(union())
    script = text_of(compiled(given)[0])
    assert "发布人将介绍有关工作情况" in script
    assert "他们" not in script
