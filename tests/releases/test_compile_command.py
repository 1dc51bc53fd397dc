"""manage.py compile: a file, or a clear refusal."""

import io

import pytest
from django.core.management import CommandError, call_command

from tracker.documents.canonical import from_json
from tracker.documents.tree import plain
from tracker.releases.models import Release

ORDINARY = ["发布会实录", "--region", "370100", "--period", "2020"]


def run(*arguments, output):
    told = io.StringIO()
    call_command("compile", *arguments, "--output", str(output), stdout=told)
    return told.getvalue().splitlines()


def test_a_document_is_written_and_told_about(approved, tmp_path):
    output = tmp_path / "材料.md"
    told = run(*ORDINARY, "--set", "主题=民生实事", "--set", "场次=6", output=output)
    assert told[:2] == ["济南市“民生实事”系列新闻发布会第六场会前材料", "必写指标：2/2 已写入"]
    assert "提示：待补：发布会时间。" in told
    assert told[-1] == f"已写入 {output}"
    assert "挽回经济损失1302万元" in output.read_text("utf-8")


@pytest.mark.parametrize(
    ("ending", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!"), ("xlsx", b"PK")]
)
def test_the_ending_decides_the_format(approved, tmp_path, ending, start):
    output = tmp_path / f"材料.{ending}"
    run(*ORDINARY, output=output)
    assert output.read_bytes().startswith(start)


def test_the_folder_name_works_as_well_as_the_chinese_one(approved, tmp_path):
    output = tmp_path / "brief.json"
    run("brief", *ORDINARY[1:], "--seed", "7", "--lines", "工会", output=output)
    assert plain(from_json(output.read_text("utf-8")).title) == "济南市2020年重点工作进展情况"
    assert Release.objects.get().seed == 7


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["年鉴", *ORDINARY[1:]], "没有名为“年鉴”的文种。"),
        (["简报", "--region", "99", "--period", "2020"], "没有区划代码为“99”的地区。"),
        (["简报", "--region", "济南", "--period", "2020"], "“济南”不是区划代码"),
        (["简报", "--region", "370100", "--period", "去年"], "“去年”不是期间"),
        (["简报", "--region", "370100", "--period", "2018"], "没有已核定的数据"),
        ([*ORDINARY, "--lines", "水务"], "没有名为“水务”的条线。可用："),
        ([*ORDINARY, "--set", "主题"], "“主题”应写成 要素=内容"),
        ([*ORDINARY, "--set", "日期=明天"], "“明天”不是日期"),
    ],
)
def test_what_cannot_be_compiled_is_refused_in_words(approved, tmp_path, arguments, reason):
    output = tmp_path / "材料.md"
    with pytest.raises(CommandError, match=reason):
        run(*arguments, output=output)
    assert not output.exists()
    assert not Release.objects.exists()


def test_an_unknown_format_is_refused(approved, tmp_path):
    with pytest.raises(CommandError, match="不支持的格式“.wps”，可用：docx、"):
        run(*ORDINARY, output=tmp_path / "材料.wps")


def test_a_place_that_cannot_be_written_is_said(approved, tmp_path):
    with pytest.raises(CommandError, match="不能写入文件"):
        run(*ORDINARY, output=tmp_path / "没有" / "材料.md")
