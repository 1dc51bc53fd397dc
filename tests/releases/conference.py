"""A small conference of two agencies, for the tests of whole documents."""

from dataclasses import replace
from decimal import Decimal

from tests.releases.kit import contributor, fact, material, programme, words
from tracker.releases.facts import from_to, growth
from tracker.releases.material import Number


def raised(name, start, now, start_words=""):
    standard = fact(name, "元/月", now, topic_measure="standard", start_words=start_words)
    first = from_to(standard, Decimal(start))
    return replace(standard, related=(("start", first), ("growth", growth(standard, first))))


def union():
    case = "大桥村修路投入40万元。"
    number = Number(7001, 7, 11, "40万元", Decimal(400000), "元")
    return contributor(
        "市总工会",
        programme(
            "组织建会行动",
            fact("农民工会员", "人", 290000, "发展", base="近年来"),
            words=[words("practice", "把组织建在村居，线上线下一起吸纳。")],
        ),
        programme(
            "提升素质行动",
            fact("农民工和农村转移劳动力", "名", 3221, "培训"),
            words=[words("practice", "按需求列出课程单，就近开班。")],
        ),
        programme(
            "维护权益行动",
            fact("法律援助案件", "件", 412, "办理"),
            fact("经济损失", "元", 13020000, "挽回", scale="万", decimals=0),
            words=[
                words("practice", "选派律师免费代理。"),
                words("case", case, number),
                words("next", "继续做好法律援助。"),
                words("answer", "将新建一批服务站。", question="今年有何打算？"),
            ],
        ),
        guest=("周明远", "党组成员、副主席"),
        name="济南市总工会",
    )


def affairs():
    return contributor(
        "市民政局",
        programme(
            "社会救助兜底总体",
            fact("社会救助的登记困难人口", "名", 52036, "纳入", base="脱贫攻坚期间"),
        ),
        programme("农村低保标准", raised("农村低保标准", 300, 676, "2016年")),
        programme(
            "残疾人“两项补贴”",
            fact("残疾人两项补贴", "元", 733000000, "发放", scale="亿", decimals=2),
        ),
        programme("社会组织参与", fact("社会组织帮扶项目", "个", 829, "开展")),
        name="济南市民政局",
    )


def conference(**fields):
    return material(union(), affairs(), **fields)
