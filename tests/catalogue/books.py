"""Workbooks for the tests of the import, as a city would fill them in."""

import io

import xlsxwriter

AGENCIES = [
    ("条线", "机构全称", "简称", "称谓", "区划代码", "上级", "牵头"),
    ("民政", "济南市民政局", "市民政局", "市民政局", "370100", "", "否"),
    ("民政", "济南市历下区民政局", "历下区民政局", "", "370102", "", ""),
]
PEOPLE = [
    ("姓名", "机构全称", "职务", "角色", "起", "止", "发言顺序"),
    ("吕", "济南市民政局", "科员", "填报", "2020-01-01", "", ""),
    ("施", "济南市民政局", "副局长", "审签、条线审核", "2020-01-01", "", 1),
]
PROGRAMMES = [
    ("条线", "项目名称", "排序", "目的", "保护名称"),
    ("民政", "农村低保", 1, "兜住底线", ""),
    ("工会", "515扶贫工程", 2, "", "515扶贫工程"),
]
INDICATORS = [
    ("编码", "条线", "项目", "指标名称", "计量单位", "类型", "填报方式", "小数位", "显示单位", "动词",
     "其中所属", "口径", "别名", "必填", "必写", "分子", "分母", "填报层级", "公开", "数源单位", "不大于",
     "其中完整", "措辞"),
    ("MZ01", "民政", "农村低保", "保障农村低保对象", "万人", "存量", "本期", 2, "万", "保障",
     "", "当月在册", "低保人数、低保对象", "是", "是", "", "", "县", "是", "济南市民政局", "",
     "否", "精确"),
    ("MZ02", "民政", "农村低保", "其中：脱贫人口", "人", "存量", "", "", "", "",
     "MZ01", "", "", "", "", "", "", "县", "", "市民政局", "MZ01", "是", "概数"),
    ("MZ03", "民政", "农村低保", "脱贫人口占比", "%", "比率", "", "", "", "",
     "", "", "", "", "", "MZ02", "MZ01", "县", "", "", "", "", ""),
]  # fmt: skip
TARGETS = [
    ("编码", "区划代码", "年度", "目标值", "类型", "依据"),
    ("MZ01", "370100", 2021, 8.5, "不超过", "市政府工作报告"),
    ("MZ03", "370100", 2021, "", "全覆盖", ""),
]
CYCLES = [
    ("名称", "频率", "条线", "开放", "截止", "审签级数", "条线审核", "填报方式"),
    ("民政月报", "月", "民政", "期后1日", "期后第5个工作日", 1, "否", "本单位"),
]
ALL = {
    "机构": AGENCIES,
    "人员": PEOPLE,
    "项目": PROGRAMMES,
    "指标": INDICATORS,
    "目标": TARGETS,
    "周期": CYCLES,
}


def book(sheets: dict[str, list[tuple]]) -> bytes:
    """An .xlsx of these sheets, each value in the cell type that it has."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for index, value in enumerate(row):
                    if value not in ("", None):
                        sheet.write(number, index, value)
    return buffer.getvalue()


def only(name: str, *rows: tuple) -> bytes:
    """A workbook of one sheet with the usual headings."""
    return book({name: [ALL[name][0], *rows]})
