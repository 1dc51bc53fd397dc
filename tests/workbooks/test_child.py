"""The child process: what it loads, what it tells, and that its limits hold."""

import io
import json
import struct
import subprocess
import sys
from datetime import datetime, time

import pytest

from tests.workbooks.kit import made, table
from tests.workbooks.test_reading import merged_below, old_workbook, several, typed_cells
from tracker.workbooks import child, limits, sandbox
from tracker.workbooks.gates import NotAWorkbook
from tracker.workbooks.parsed import EVERY, Refused, refuse_excess

DATA = table(["编码"], [1.0], ["x"], [True])


def told(data, wanted=EVERY):
    out = io.BytesIO()
    child.parse(data, wanted, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def python(code):
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(sandbox.ROOT)},
        check=False,
    )


def test_the_child_tells_names_then_sheets_then_rows():
    assert told(DATA) == [
        {"names": ["指标"]}, {"sheet": "指标", "merges": []}, ["编码"], [1.0], ["x"], [True],
    ]  # fmt: skip


def test_percentages_days_errors_and_merged_cells_of_a_new_workbook():
    head = ["编码", "指标名称", "数值", "期间", "起始时间"]
    assert told(made(typed_cells))[2:] == [
        head,
        [370100.0, "率", {"p": 0.985}, {"d": "2020-12-01"}, {"d": "2016-01-01"}],
        ["b", "公式", {"e": "#DIV/0!"}],
        ["c", "公式", 0.3],
        ["d", "字面百分号", 98.0],
    ]
    assert told(made(merged_below))[1]["merges"] == [[[1, 0], [2, 0]], [[1, 2], [2, 2]]]


def test_percentages_days_errors_and_merged_cells_of_an_old_workbook():
    assert told(old_workbook(), {"指标"})[1:] == [
        {"sheet": "指标", "merges": [[[1, 1], [2, 1]]]},
        ["编码", "指标名称", "数值", "期间", "必填"],
        [370100.0, "共用的名称", {"p": 0.985}, {"d": "2020-12-01"}, True],
        ["b", None, {"e": "#DIV/0!"}],
    ]


def clock(workbook):
    sheet = workbook.add_worksheet("周期")
    look = workbook.add_format({"num_format": "hh:mm"})
    both = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_datetime("A1", time(17, 0), look)
    sheet.write_datetime("B1", datetime(2020, 12, 1, 17, 30), both)  # noqa: DTZ001 - a spreadsheet knows no time zone


def test_a_clock_time_is_told_as_people_write_it():
    assert told(made(clock))[2] == ["17:00", {"d": "2020-12-01T17:30:00"}]


def test_only_the_wanted_sheets_are_told():
    data = several("指标", "目标")
    assert [line["sheet"] for line in told(data, {"目标"}) if "sheet" in line] == ["目标"]
    assert told(data, {"人员"}) == [{"names": ["指标", "目标"]}]


@pytest.mark.parametrize(
    ("cap", "value", "reason"),
    [
        ("parsed.MAX_ROWS", 3, ["rows", "指标", 4]),
        ("parsed.MAX_COLUMNS", 0, ["columns", "指标", 1]),
        ("child.MAX_CELLS", 2, ["cells", "指标"]),
    ],
)
def test_what_goes_beyond_a_cap_is_told_as_refused(monkeypatch, cap, value, reason):
    monkeypatch.setattr(f"tracker.workbooks.{cap}", value)
    assert told(DATA)[-1] == {"refused": reason}


def encrypted_xls():
    """An .xls whose globals say, in a FILEPASS record, that the rest is enciphered."""
    data = old_workbook()
    start = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    place = start + 20
    return data[:place] + struct.pack("<HHH", 0x2F, 2, 1) + data[place + 6 :]


def test_an_old_workbook_with_a_password_is_told_so():
    assert told(encrypted_xls()) == [{"refused": ["password"]}]


@pytest.mark.parametrize("data", [b"PK\x03\x04 no archive", b"\xd0\xcf\x11\xe0 no compound"])
def test_what_cannot_be_parsed_is_told_as_broken(data):
    assert told(data) == [{"refused": ["broken"]}]


def test_running_out_of_memory_or_room_is_left_to_end_the_child(monkeypatch):
    class Full(io.BytesIO):
        def write(self, line):
            raise OSError("File too large")

    with pytest.raises(OSError, match="File too large"):
        child.parse(DATA, EVERY, Full())


def test_a_sheet_is_refused_from_its_outline():
    with pytest.raises(Refused) as refusal:
        refuse_excess("指标", 10, 501)
    assert refusal.value.args == ("columns", "指标", 501)


def test_neither_the_parsing_child_nor_the_parent_loads_django_or_openpyxl():
    code = (
        "import sys, tracker.workbooks.child, tracker.workbooks.reading, tracker.workbooks.marking\n"
        "print([m for m in ('django', 'openpyxl', 'numpy') if m in sys.modules])"
    )
    assert python(code).stdout == "[]\n"


@pytest.mark.skipif(sys.platform != "linux", reason="limits are proved where production runs")
@pytest.mark.parametrize(
    ("greed", "ending"),
    [
        ("bytearray(2**30)", "MemoryError"),
        ("open('/proc/self/fd/1', 'wb').write(bytes(2**20))", "File too large"),
    ],
)
def test_the_limits_hold(greed, ending, tmp_path):
    code = (
        "from tracker.workbooks import limits\n"
        "limits.OUTPUT_BYTES = 1000\n"
        f"limits.limit()\n{greed.replace('/proc/self/fd/1', str(tmp_path / 'out'))}"
    )
    assert python(code).stderr.strip().splitlines()[-1].find(ending) >= 0


@pytest.mark.skipif(sys.platform != "linux", reason="limits are proved where production runs")
def test_a_child_that_computes_without_end_is_ended():
    code = (
        "from tracker.workbooks import limits\n"
        "limits.CPU_SECONDS = 1\nlimits.limit()\n"
        "while True: pass"
    )
    assert python(code).returncode < 0


def test_the_child_asks_for_all_four_limits(monkeypatch):
    asked = {}
    monkeypatch.setattr(limits.resource, "setrlimit", lambda what, most: asked.update({what: most}))
    limits.limit()
    kinds = limits.resource
    assert asked == {
        kinds.RLIMIT_AS: (256 * 2**20,) * 2,
        kinds.RLIMIT_CPU: (20, 20),
        kinds.RLIMIT_FSIZE: (128 * 2**20,) * 2,
        kinds.RLIMIT_CORE: (0, 0),
    }


def test_without_limits_on_this_system_the_child_says_so(monkeypatch, caplog):
    monkeypatch.setattr("tracker.workbooks.limits.resource", None)
    child.limit()
    assert caplog.messages == ["no resource limits here: run on Linux in production"]


def test_a_child_that_takes_too_long_is_stopped_politely(monkeypatch):
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.001)
    with pytest.raises(NotAWorkbook, match="无法读取"), sandbox.child(sandbox.PARSE, [DATA]):
        pass
