"""年鉴条目: entries under 【…】, told in the third person, the same for every seed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.releases.conference import conference, union
from tests.releases.kit import contributor, entries_said, fact, material, programme, text_of, words
from tracker.documents.tree import Table, walk
from tracker.releases.compiling import prove
from tracker.releases.genres import genre
from tracker.releases.material import Number
from tracker.releases.wording.voice import Voice


def compiled(given):
    voice = Voice(given)
    document = genre("年鉴条目")[1].compose(given, voice)
    prove(document, given.names)
    return document, voice.remarks


def test_the_whole_entry():
    document, remarks = compiled(
        conference(settings={"栏目": "社会团体", "撰稿人": "孟远", "审核人": "周宁"})
    )
    assert text_of(document).split("\n") == [
        "济南市2020年社会团体条目",
        "济南市总工会",
        "【组织建会行动】把组织建在村居，线上线下一起吸纳。",
        "【提升素质行动】按需求列出课程单，就近开班。全市累计培训农民工和农村转移劳动力3221名。",
        "【维护权益行动】选派律师免费代理。全市累计办理法律援助案件412件，挽回经济损失1302万元。",
        "济南市民政局",
        "【社会救助兜底总体】脱贫攻坚期间，全市52036名登记困难人口纳入社会救助。",
        "【农村低保标准】全市农村低保标准从2016年的300元/月提高至676元/月，增长125.33%。",
        "【残疾人“两项补贴”】全市累计发放残疾人两项补贴7.33亿元。",
        "【社会组织参与】全市累计开展社会组织帮扶项目829个。",
        "（撰稿人：孟远　审核人：周宁）",
    ]
    assert remarks == [
        "市总工会的事例没有写明姓名和时间，年鉴不收，未写入：维护权益行动。",
        "1项必写数据的时间只写到“近年来”“目前”等，年鉴正文不能用，写在附表中，请向报送单位核实年份。",
    ]


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        ({"base": "近年来"}, False),
        ({"base": "近几年"}, False),
        ({"as_of": "目前"}, False),
        ({"base": "2016年以来"}, True),
        ({"base": "脱贫攻坚期间"}, True),
        ({"as_of": "2020年底"}, True),
        ({}, True),
    ],
)
def test_what_nobody_can_date_later_stands_in_the_table_with_the_time_it_was_told(told, stands):
    one = contributor("市总工会", programme("技能培训", fact("职工", "名", 30, "培训", **told)))
    document, _ = compiled(material(one, settings={}))
    tables = [b for s in document.sections for b in s.blocks if isinstance(b, Table)]
    assert ("30名" in text_of(document), bool(tables)) == (stands, not stands)
    assert len(entries_said(document)) == 1


def test_who_wrote_and_who_checked_is_asked_for():
    document, remarks = compiled(conference(settings={"撰稿人": "孟远"}))
    assert text_of(document).endswith("（撰稿人：孟远）")
    assert remarks[-1] == "待补：审核人。"


def test_no_overview_says_a_figure_twice_or_lists_the_headings_that_follow():
    many = [programme(f"项目{n}", fact(f"{n}类人员", "人", 1000, "培训")) for n in "甲乙丙丁"]
    document, _ = compiled(material(contributor("市总工会", *many), settings={}))
    said = text_of(document).split("\n")[2:]
    assert [line[:5] for line in said] == ["【项目甲】", "【项目乙】", "【项目丙】", "【项目丁】"]


def test_words_that_nobody_can_date_later_are_named_to_the_editor():
    one = union()
    first, *others = one.programmes
    told = replace(first, words=(words("practice", "今年，我市把组织建在村居。"),))
    document, remarks = compiled(material(replace(one, programmes=(told, *others))))
    assert "今年，我市把组织建在村居。" in text_of(document), "approved words are never touched"
    assert "“组织建会行动”的文字中有“今年、我市”，年鉴应写明年份和地名。" in remarks


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("在村居设服务点，定期走访。", "在村居设服务点，定期走访。"),
        ("组织志愿者定期入户陪伴，让小屋有温度、能长久。", "组织志愿者定期入户陪伴。"),
        (
            "搭起竞赛的擂台，比进度、比质量。每季度组织评比并公布结果。",
            "每季度组织评比并公布结果。",
        ),
        (
            "派驻干部修缮村级活动场所，村容村貌明显改善。资金专账管理。",
            "派驻干部修缮村级活动场所。资金专账管理。",
        ),
        ("通过线上平台，让职工少跑腿。", ""),
    ],
)
def test_it_records_what_was_done_and_leaves_praise_and_images_out(told, kept):
    one = contributor(
        "市总工会",
        programme("服务行动", fact("职工", "名", 30, "培训"), words=[words("practice", told)]),
    )
    document, remarks = compiled(material(one, settings={}))
    assert f"【服务行动】{kept}全市累计培训" in text_of(document)
    cut = "市总工会的文字中有评价、比喻或未经核实的成效，只收了记事的部分：服务行动。"
    assert (cut in remarks) == (told != kept)


def test_figures_of_the_words_that_are_kept_stay_where_they_were():
    number = Number(7002, 25, 29, "40万元", Decimal(400000), "元")
    told = words(
        "practice", "搭起竞赛的擂台，比进度、比质量。为大桥村修路投入了40万元，让出行方便。", number
    )
    one = contributor("市总工会", programme("服务行动", words=[told]))
    document, _ = compiled(material(one, settings={}))
    assert "【服务行动】为大桥村修路投入了40万元。" in text_of(document)
    assert [f.surface for f in walk(document) if getattr(f, "key", "") == "pf7002"] == ["40万元"]


def test_plans_and_problems_have_no_place_in_it():
    document, _ = compiled(conference(settings={}))
    assert "继续做好法律援助" not in text_of(document)


def test_an_agency_without_anything_approved_has_no_section():
    silent = contributor("市妇联", programme("巾帼行动"))
    document, _ = compiled(material(union(), silent, settings={}))
    assert [section.key[:6] for section in document.sections] == ["agency", "annex"]


def test_a_yearbook_does_not_vary_with_the_seed():
    texts = {text_of(compiled(replace(conference(), seed=seed))[0]) for seed in range(5)}
    assert len(texts) == 1


def test_every_figure_is_said():
    given = conference()
    document, _ = compiled(given)
    assert {entry for one in given.contributors for f in one.facts for entry in f.entries} <= (
        entries_said(document)
    )
