import datetime
from decimal import Decimal

import pytest

from accounts.models import Agency, Appointment, AuditEntry, Line, Region, RoleGrant, User
from accounts.rules import Refused
from tests.catalogue.books import AGENCIES, ALL, INDICATORS, PEOPLE, PROGRAMMES, book, only
from tracker.catalogue.models import Cycle, Duty, Indicator, Programme, Target, Unit
from tracker.catalogue.workbook import (
    WrongWorkbook,
    carry_out,
    export_catalogue,
    plan_import,
)
from tracker.workbooks.gates import NotAWorkbook


@pytest.fixture
def taken(wang):
    """taken(bytes) is the plan that was carried out."""
    return lambda data, by=wang: carry_out(plan_import(data, by=by), by=by)


@pytest.fixture
def wrong(wang):
    """wrong(bytes) are the errors, as one reads them."""
    return lambda data: [str(error) for error in plan_import(data, by=wang).errors]


def counts(plan):
    return (len(plan.creates), len(plan.updates), len(plan.unchanged))


def test_one_file_sets_up_the_whole_catalogue(taken):
    plan = taken(book(ALL))
    assert counts(plan) == (12, 0, 0)
    assert plan.warnings == ()
    civil = Agency.objects.get(name="济南市民政局")
    county = Agency.objects.get(name="济南市历下区民政局")
    assert (county.superior, county.short_name, county.spoken_name) == (
        civil, "历下区民政局", "历下区民政局",
    )  # fmt: skip
    indicator = Indicator.objects.get(code="MZ01")
    assert (indicator.entry_scale, indicator.unit.name, indicator.unit.dimension) == (
        "万", "人", "person",
    )  # fmt: skip
    assert (indicator.measure, indicator.level, indicator.decimals, indicator.display) == (
        "stock", "county", 2, "万",
    )  # fmt: skip
    assert indicator.definitions.get().text == "当月在册"
    assert indicator.aliases == ["低保人数", "低保对象"]
    assert indicator.source == civil
    assert indicator.parts_complete
    part = Indicator.objects.get(code="MZ02")
    assert list(part.wholes.all()) == list(part.not_above.all()) == [indicator]
    assert (part.source, part.wording, part.parts_complete) == (civil, "rounded", False)
    ratio = Indicator.objects.get(code="MZ03")
    assert (ratio.numerator, ratio.denominator) == (part, indicator)
    target = Target.objects.get(indicator=indicator)
    assert (target.value, target.kind, target.basis) == (
        Decimal(85000),
        "at_most",
        "市政府工作报告",
    )
    assert Target.objects.get(indicator=ratio).value is None
    cycle = Cycle.objects.get()
    assert (cycle.region.code, cycle.due) == ("3701", "期后第5个工作日")
    assert [duty.agency for duty in cycle.duties.order_by("pk")] == [civil, county]
    assert Programme.objects.get(name="515扶贫工程").protected_name == "515扶贫工程"


def test_what_the_sheets_leave_out_takes_the_defaults(taken):
    taken(
        book(
            {
                "项目": [("条线", "项目名称"), ("工会", "建会行动")],
                "指标": [
                    ("编码", "条线", "项目", "指标名称", "计量单位"),
                    ("GH01", "工会", "建会行动", "发展会员", "人"),
                ],
                "周期": [("名称",), ("月报",)],
            }
        )
    )
    one = Indicator.objects.get()
    said = (one.measure, one.entry_mode, one.decimals, one.display, one.required, one.must_say)
    assert said == ("flow", "period", None, "", True, False)
    assert (one.level, one.is_open, one.wording, one.source) == ("city", True, "exact", None)
    cycle = Cycle.objects.get()
    said = (cycle.frequency, cycle.opens, cycle.due, cycle.sign_steps, cycle.filing)
    assert said == ("month", "期后1日", "期后第5个工作日", 1, "own")
    assert [line.name for line in cycle.lines.all()] == ["工会"]


def test_the_same_file_again_changes_nothing(taken):
    taken(book(ALL))
    before = (Agency.objects.count(), User.objects.count(), RoleGrant.objects.count())
    assert counts(taken(book(ALL))) == (0, 0, 12)
    assert before == (Agency.objects.count(), User.objects.count(), RoleGrant.objects.count())


def test_what_is_exported_changes_nothing_when_it_is_imported(taken):
    taken(book(ALL))
    exported = export_catalogue()
    plan = taken(exported)
    assert (plan.creates, plan.updates, plan.warnings) == ([], [], ())
    assert len(plan.unchanged) > 12
    assert export_catalogue() == exported


def test_a_plan_writes_nothing(wang):
    plan = plan_import(book(ALL), by=wang, filename="目录.xlsx")
    assert counts(plan) == (12, 0, 0)
    assert plan.file_name == "目录.xlsx"
    assert Indicator.objects.count() == Cycle.objects.count() == Unit.objects.count() == 0
    assert not Agency.objects.filter(name="济南市民政局").exists()


def test_an_import_leaves_a_record(taken):
    taken(book(ALL))
    entry = AuditEntry.objects.get(act="catalogue.import")
    assert (entry.actor.name, entry.data) == ("王", {"created": 12, "changed": 0})


def test_only_a_reviewer_of_the_lead_office_imports(li, wu, qian):
    for person in (li, wu, qian):
        with pytest.raises(Refused, match="只有牵头单位的主管"):
            plan_import(book(ALL), by=person)


def test_a_file_that_is_no_workbook_is_refused(wang):
    with pytest.raises(NotAWorkbook):
        plan_import(b"not a workbook", by=wang, filename="a.xlsx")


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_written(wang, taken):
    data = book(
        {
            "机构": [AGENCIES[0], ("民政", "济南市民政局", "", "", "379999", "", "")],
            "项目": [PROGRAMMES[0], ("无此条线", "农村低保", "第一", "", "")],
            "指标": [
                INDICATORS[0],
                ("MZ01", "民政", "无此项目", "低保", "万人", "流水", *[""] * 17),
            ],
            "目标": [("编码", "区划代码", "年度", "目标值"), ("无此码", "370100", 21, "多")],
            "周期": [("名称", "频率", "截止"), ("月报", "每月", "尽快")],
        }
    )
    plan = plan_import(data, by=wang)
    assert [str(error) for error in plan.errors] == [
        "「机构」E2：没有代码为379999的区划",
        "「项目」C2：「第一」不是整数，请填写整数，如 0、1、2",
        "「指标」F2：「流水」不在可选范围内，请填写：流量、存量、去重、标准、比率",
        "「目标」C2：“21”不是年度，请写成2021这样",
        "「目标」D2：「多」不是数值，请填写阿拉伯数字，如 1302 或 16.74",
        "「周期」B2：「每月」不在可选范围内，请填写：周、旬、月、季、半年、年、一次性",
        "「周期」C2：“尽快”看不懂，请写成期后第5个工作日、期后10日顺延、次月10日、每周五、4月14日17:00、今天17:00这样",
    ]
    with pytest.raises(WrongWorkbook) as refused:
        carry_out(plan, by=wang)
    assert refused.value.plan.errors == plan.errors
    assert Programme.objects.count() == 0


def test_one_error_does_not_hide_the_others_nor_repeat_itself(wrong):
    data = book(
        {
            "机构": [AGENCIES[0], ("民政", "济南市民政局", "", "", "379999", "", "")],
            "人员": [PEOPLE[0], ("吕", "济南市民政局", "", "填报", "", "", "")],
            "项目": [PROGRAMMES[0], ("民政", "农村低保", "", "", "")],
            "指标": [
                INDICATORS[0],
                ("MZ01", "民政", "农村低保", "低保", "千元", *[""] * 18),
                ("MZ02", "民政", "农村低保", "特困", "人", "", "", "", "", "", "MZ09", *[""] * 12),
            ],
            "目标": [("编码", "区划代码", "年度", "目标值"), ("MZ01", "370100", 2021, 1)],
        }
    )
    assert wrong(data) == [
        "「机构」E2：没有代码为379999的区划",
        "「指标」E2：计量单位“千元”的倍数不能用，请改用元、万元或亿元",
        "「指标」K3：没有编码为“MZ09”的指标",
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "message"),
    [
        ("机构", ("民政", "市民政局", "", "", "abc", "", ""), "“abc”不是区划代码"),
        (
            "机构",
            ("民政", "市民政局", "", "", "370100", "省民政厅", ""),
            "没有名为“省民政厅”的机构",
        ),
        ("机构", ("民政", "市民政局", "", "", "370100", "", "是"), "济南市已有牵头单位"),
        ("人员", ("吕", "济南市档案局", "", "填报", "", "", ""), "没有名为“济南市档案局”的机构"),
        ("人员", ("吕", "济南市总工会", "", "签发", "", "", ""), "只能由牵头单位的人员承担"),
        ("人员", ("吕", "济南市总工会", "", "系统管理", "", "", ""), "不在可选范围内"),
        ("人员", ("吕", "济南市总工会", "", "", "2020-02-01", "2020-01-01", ""), "早于起期"),
        (
            "项目",
            ("水利", "节水", "", "", ""),
            "没有条线“水利”，现有：综合、工会、团委、妇联、民政",
        ),
        ("周期", ("月报", "月", "水利", "", "", "", "", ""), "没有条线“水利”"),
        ("周期", ("月报", "月", "", "期后9日", "期后3日", "", "", ""), "会早于开放"),
        ("周期", ("月报", "月", "", "", "", 4, "", ""), "审签级数应为0至3"),
        ("目标", ("MZ01", "370100", 2021, 1, "", ""), "没有编码为“MZ01”的指标"),
    ],
)
def test_each_mistake_is_named_where_it_stands(wrong, sheet, row, message):
    [error] = wrong(only(sheet, row))
    assert error.startswith(f"「{sheet}」")
    assert message in error


INDICATOR = ("GH01", "工会", "建会", "会员", "人", *[""] * 18)


def indicator_with(**cells) -> tuple:
    row = list(INDICATOR)
    for heading, value in cells.items():
        row[INDICATORS[0].index(heading)] = value
    return tuple(row)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"显示单位": "万元"}, "“万元”不能作显示单位，请填写原样、万、亿或汉字"),
        ({"数源单位": "市水务局"}, "没有名为“市水务局”的机构"),
        ({"小数位": 5}, "小数位应为0至4"),
        ({"其中所属": "GH01"}, "指标不能是自身的其中项"),
        ({"不大于": "GH01"}, "指标不能与自身比较大小"),
        ({"分子": "GH01"}, "分子和分母要同时填写，且只用于比率"),
        ({"类型": "比率", "分子": "GH01", "分母": "GH01"}, "分子、分母本身不能是比率"),
        ({"项目": "无此项目"}, "工会没有名为“无此项目”的项目"),
    ],
)
def test_an_indicator_that_cannot_be_is_refused(wrong, cells, message):
    data = book(
        {
            "项目": [("条线", "项目名称"), ("工会", "建会")],
            "指标": [INDICATORS[0], indicator_with(**cells)],
        }
    )
    [error] = wrong(data)
    assert message in error


def test_a_code_that_stands_twice_is_refused(wrong):
    data = book(
        {
            "项目": [("条线", "项目名称"), ("工会", "建会")],
            "指标": [INDICATORS[0], INDICATOR, indicator_with(指标名称="另一项")],
        }
    )
    assert wrong(data) == ["「指标」A3：与A2重复，请只保留一行"]


def test_parts_and_wholes_may_not_run_in_a_circle(wrong):
    data = book(
        {
            "项目": [("条线", "项目名称"), ("工会", "建会")],
            "指标": [
                INDICATORS[0],
                indicator_with(其中所属="GH02"),
                indicator_with(编码="GH02", 指标名称="另一项", 其中所属="GH01"),
            ],
        }
    )
    [error] = wrong(data)
    assert "其中关系成了环" in error


def test_unknown_columns_and_sheets_are_named_and_the_sheets_of_history_are_not(wang):
    data = book(
        {
            "项目": [("条线", "项目名称", "备注栏"), ("工会", "建会", "x")],
            "历史数据": [("编码",), ("GH01",)],
            "文字材料": [("条线",), ("工会",)],
            "草稿": [("随便",), ("x",)],
        }
    )
    plan = plan_import(data, by=wang)
    assert [str(warning) for warning in plan.warnings] == [
        "「项目」C1：不认识「备注栏」这一列，没有读取",
        "「草稿」A1：不认识这个工作表，没有读取",
    ]
    assert plan.errors == ()


def test_a_new_line_is_added_by_an_agency_of_it_and_named_in_a_warning(wang, taken):
    plan = taken(only("机构", ("残联", "济南市残疾人联合会", "", "", "370100", "", "")))
    assert [str(warning) for warning in plan.warnings] == [
        "「机构」A2：条线“残联”是新的，将一并增加"
    ]
    assert Line.objects.get(name="残联").agencies.get().name == "济南市残疾人联合会"


def test_changed_cells_change_only_what_they_say(taken):
    taken(book(ALL))
    plan = taken(
        book({"指标": [("编码", "条线", "项目", "指标名称", "计量单位", "口径", "必写"),
                      ("MZ01", "民政", "农村低保", "保障农村低保对象", "万人", "季末在册", "否")]})
    )  # fmt: skip
    [step] = plan.updates
    assert (step.label, set(step.changes)) == ("MZ01 保障农村低保对象", {"must_say", "definition"})
    indicator = Indicator.objects.get(code="MZ01")
    assert [one.text for one in indicator.definitions.all()] == ["当月在册", "季末在册"]
    assert (indicator.must_say, indicator.decimals, indicator.display) == (False, 2, "万")


def test_a_changed_agency_is_renamed_moved_and_kept(taken):
    taken(book(ALL))
    taken(only("机构", ("民政", "济南市历下区民政局", "历下民政", "历下民政", "370102",
                      "济南市总工会", "")))  # fmt: skip
    county = Agency.objects.get(name="济南市历下区民政局")
    assert (county.short_name, county.superior.name) == ("历下民政", "济南市总工会")


def test_an_agency_does_not_move_to_another_region_by_workbook(taken, wrong):
    taken(book(ALL))
    [error] = wrong(only("机构", ("民政", "济南市民政局", "", "", "370102", "", "")))
    assert error == "「机构」E2：市民政局现属济南市，区划不能用工作簿更改"


def test_people_get_posts_and_roles_that_wait_for_the_security_administrator(taken, zhou):
    taken(book(ALL))
    shi = User.objects.get(name="施")
    post = shi.appointments.get()
    assert (post.post, post.starts, post.speaking_order) == ("副局长", datetime.date(2020, 1, 1), 1)
    assert [(g.role, g.confirmed_at) for g in post.grants.order_by("role")] == [
        ("line_reviewer", None), ("signer", None),
    ]  # fmt: skip
    assert not shi.has_usable_password()
    assert shi.reach.roles == set()


def test_a_person_is_known_again_by_name_at_the_agency_and_gets_what_is_new(taken):
    taken(book(ALL))
    plan = taken(only("人员", ("吕", "济南市民政局", "科员", "填报、审签", "", "2999-12-31", 3)))
    [step] = plan.updates
    assert set(step.changes) == {"止、发言顺序", "提请角色审签"}
    post = Appointment.objects.get(user__name="吕")
    assert (post.speaking_order, str(post.ends)) == (3, "2999-12-31")


def test_two_of_one_name_in_an_agency_need_their_sign_in_names(taken, wrong):
    head = (*PEOPLE[0], "登录名")
    rows = [
        ("吕", "济南市总工会", "科员", "填报", "", "", "", "lv1"),
        ("吕", "济南市总工会", "科员", "填报", "", "", "", "lv2"),
    ]
    taken(book({"人员": [head, *rows]}))
    assert sorted(User.objects.filter(name="吕").values_list("username", flat=True)) == [
        "lv1", "lv2",
    ]  # fmt: skip
    [error] = wrong(only("人员", ("吕", "济南市总工会", "科员", "填报", "", "", "")))
    assert error == "「人员」A2：市总工会有两名吕，请填写登录名加以区分"
    [error] = wrong(book({"人员": [head, ("马", *rows[0][1:])]}))
    assert error == "「人员」H2：登录名“lv1”是吕的，请核对"


def test_one_person_may_hold_two_posts_under_one_sign_in_name(taken):
    head = (*PEOPLE[0], "登录名")
    taken(
        book(
            {
                "人员": [
                    head,
                    ("吕", "济南市总工会", "科员", "填报", "", "", "", "lv"),
                    ("吕", "共青团济南市委员会", "干事", "填报", "", "", "", "lv"),
                ]
            }
        )
    )
    assert User.objects.get(name="吕").appointments.count() == 2


def test_a_list_that_adds_up_is_said_on_the_whole_s_row_or_on_its_part_s(taken):
    rows = [
        indicator_with(其中完整="是"),
        indicator_with(编码="GH02", 指标名称="甲"),
        indicator_with(编码="GH03", 指标名称="乙", 其中所属="GH02", 其中完整="是"),
        indicator_with(编码="GH04", 指标名称="丙", 其中所属="GH02"),
    ]
    taken(book({"项目": [("条线", "项目名称"), ("工会", "建会")], "指标": [INDICATORS[0], *rows]}))
    said = dict(Indicator.objects.values_list("code", "parts_complete"))
    assert said == {"GH01": True, "GH02": True, "GH03": False, "GH04": False}


def test_a_target_changed_by_a_later_workbook_keeps_the_earlier_one(taken):
    taken(book(ALL))
    plan = taken(only("目标", ("MZ01", "370100", 2021, "8.4万人", "不超过", "市政府工作报告")))
    assert [step.changes for step in plan.updates] == [("value",)]
    assert [(t.value, t.until is None) for t in Target.objects.filter(indicator__code="MZ01")
            .order_by("pk")] == [(85000, False), (84000, True)]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "message"),
    [("8.4万元", "单位应为万人，而这里写了“万元”"), ("", "必须填写目标值"),
     ("99999999999999", "数值超过上限")],
)  # fmt: skip
def test_a_target_in_another_unit_missing_or_huge_is_refused(taken, wrong, value, message):
    taken(book(ALL))
    [error] = wrong(only("目标", ("MZ01", "370100", 2021, value, "不超过", "")))
    assert message in error


def test_a_changed_cycle_follows_and_gives_new_agencies_their_duty(taken):
    taken(book(ALL))
    taken(
        only("周期", ("民政月报", "月", "民政、工会", "期后1日", "次月10日顺延", 2, "是", "本单位"))
    )
    cycle = Cycle.objects.get()
    assert (cycle.due, cycle.sign_steps, cycle.line_review) == ("次月10日顺延", 2, True)
    assert sorted(line.name for line in cycle.lines.all()) == ["工会", "民政"]
    assert Duty.objects.filter(cycle=cycle).count() == 2


def test_a_plan_that_waited_is_judged_again(wang, taken):
    waiting = plan_import(only("项目", ("工会", "建会", 1, "", "")), by=wang)
    Line.objects.filter(name="工会").update(name="总工会")
    with pytest.raises(WrongWorkbook):
        carry_out(waiting, by=wang)


def test_regions_are_found_by_six_nine_and_twelve_digits(taken):
    taken(
        only(
            "机构",
            ("民政", "甲", "", "", "370102", "", ""),
            ("民政", "乙", "", "", "370102001", "", ""),
            ("民政", "丙", "", "", "370102001000", "", ""),
        )
    )
    assert [Agency.objects.get(name=name).region.code for name in "甲乙丙"] == [
        "370102", "370102001", "370102001",
    ]  # fmt: skip
    assert Region.objects.count() == 6
