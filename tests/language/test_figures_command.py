import json
from io import StringIO

import docx
import pytest
from django.core.management import CommandError, call_command


def run(file, *options):
    out = StringIO()
    call_command("figures", str(file), *options, stdout=out)
    return out.getvalue()


def test_figures_are_printed_as_json_with_offsets_into_the_file(tmp_path):
    text = "全市保障12.73万人，发放2.369亿元，标准676元/月，面向6—16岁。"
    (tmp_path / "talk.txt").write_text(text, "utf-8")
    rows = json.loads(run(tmp_path / "talk.txt", "--json"))
    assert rows[0] == {
        "start": 4,
        "end": 11,
        "raw": "12.73万人",
        "value": "127300",
        "unit": "人",
        "qualifier": "",
        "role": "actual",
    }
    assert [(row["value"], row["unit"], row["qualifier"]) for row in rows[1:]] == [
        ("236900000", "元", ""),
        ("676", "元/月", ""),
        ("6", "岁", "区间下限"),
        ("16", "岁", "区间上限"),
    ]
    assert [text[row["start"] : row["end"]] for row in rows] == [row["raw"] for row in rows]


def test_people_get_a_table_with_what_is_no_figure(tmp_path):
    (tmp_path / "talk.txt").write_text("2021年救助300余名。", "utf-8-sig")
    lines = run(tmp_path / "talk.txt").splitlines()
    assert lines[1] == "7\t300余名\t300\t名\t余\tactual"
    assert lines[-1] == "0\t2021年\t日期"


@pytest.mark.parametrize("ending", [".txt", ".md", ".docx"])
def test_a_file_of_each_kind_is_read_with_its_table(tmp_path, ending):
    file = tmp_path / f"talk{ending}"
    if ending == ".docx":
        document = docx.Document()
        document.add_paragraph("全市救助300余名。")
        grid = document.add_table(2, 2)
        for cell, words in zip(grid._cells, ("指标", "资金（万元）", "救助", "120.5"), strict=True):
            cell.text = words
        document.save(file)
    elif ending == ".md":
        file.write_text(
            "全市救助300余名。\n\n| 指标 | 资金（万元） |\n| --- | --- |\n| 救助 | 120.5 |\n",
            "utf-8",
        )
    else:
        file.write_text("全市救助300余名。\n指标\t资金（万元）\n救助\t120.5\n", "utf-8")
    rows = json.loads(run(file, "--json"))
    assert [(row["raw"], row["value"], row["unit"], row["qualifier"]) for row in rows] == [
        ("300余名", "300", "名", "余"),
        ("120.5", "1205000", "元", ""),
    ]


def test_protected_names_can_be_named(tmp_path):
    (tmp_path / "talk.txt").write_text("515人次工程", "utf-8")
    assert json.loads(run(tmp_path / "talk.txt", "--json", "--protect", "515人次工程")) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [("missing.txt", None, "打不开文件"), ("gbk.txt", "统计".encode("gbk"), "不是 UTF-8 文本")],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=message):
        run(tmp_path / name)
