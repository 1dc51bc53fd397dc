import pytest
from django.core.management import CommandError, call_command

from tests.catalogue.books import ALL, book, only
from tracker.catalogue.models import Indicator, Programme


@pytest.fixture
def file(tmp_path):
    """file(bytes) is the path of a workbook."""

    def written(data):
        path = tmp_path / "目录.xlsx"
        path.write_bytes(data)
        return str(path)

    return written


def test_the_command_imports_and_exports_and_the_round_trip_changes_nothing(
    wang, file, tmp_path, capsys
):
    call_command("catalogue", "import", file(book(ALL)), by="wang")
    assert Indicator.objects.count() == 3
    exported = str(tmp_path / "导出.xlsx")
    call_command("catalogue", "export", exported)
    capsys.readouterr()
    call_command("catalogue", "import", exported, by="wang")
    said = capsys.readouterr().out.splitlines()[0]
    assert said.startswith("新增0行，更改0行，无变化")


def test_the_command_may_only_look(wang, file, capsys):
    call_command("catalogue", "import", file(book(ALL)), "--check", by="wang")
    assert capsys.readouterr().out == "新增12行，更改0行，无变化0行。\n检查完毕，没有写入。\n"
    assert Indicator.objects.count() == 0


def test_the_command_prints_every_error_and_writes_nothing(wang, file, capsys):
    data = only("项目", ("水利", "节水", "", "", ""), ("工会", "建会", "第一", "", ""))
    with pytest.raises(CommandError, match="共2处错误，没有写入任何内容"):
        call_command("catalogue", "import", file(data), by="wang")
    assert capsys.readouterr().err.splitlines() == [
        "「项目」A2：没有条线“水利”，现有：综合、工会、团委、妇联、民政",
        "「项目」C3：「第一」不是整数，请填写整数，如 0、1、2",
    ]
    assert Programme.objects.count() == 0


def test_the_command_knows_its_people_its_file_and_its_rule(wang, li, file, tmp_path):
    for arguments, by, message in (
        (str(tmp_path / "无.xlsx"), "wang", "找不到文件"),
        (file(book(ALL)), "nobody", "没有用户名为“nobody”的在用账号"),
        (file(book(ALL)), "li", "只有牵头单位的主管"),
        (file(b"x"), "wang", "Excel"),
    ):
        with pytest.raises(CommandError, match=message):
            call_command("catalogue", "import", arguments, by=by)
