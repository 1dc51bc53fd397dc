"""Forty ways in which a file is not what it says; each is refused in words, none is half read (S6)."""

import io
import random
import struct
import sys
import zipfile

import pytest
import xlwt

from tests.workbooks.kit import INDICATORS, part, table, with_part
from tracker.workbooks import gates, limits
from tracker.workbooks.gates import NotAWorkbook
from tracker.workbooks.reading import read
from tracker.workbooks.sandbox import TOO_MUCH

GOOD = table(["编码", "指标名称"], ["a", "甲"])
SHEET = "xl/worksheets/sheet1.xml"
NOT_ONE = (
    "这个文件不是 Excel 或 WPS 工作簿，可能只是改了扩展名，或传输时损坏。"
    "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
)
BROKEN = "文件不完整或已损坏，打不开。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
TOO_LARGE = "文件展开后过大，请把数据区域复制到新的工作簿后再上传。"
DECLARES = "文件里有不属于工作簿的声明，不能接收。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
MACROS = "文件含有宏，不能接收。请另存为不含宏的 .xlsx 后再上传。"


def refusal_of(data, filename="表.xlsx"):
    with pytest.raises(NotAWorkbook) as refusal:
        read(data, [INDICATORS], filename=filename)
    return refusal.value.message


def archive(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def compound(*streams):
    return gates.COMPOUND + b"".join((name + "\0").encode("utf-16-le") for name in streams)


def xls():
    book = xlwt.Workbook()
    book.add_sheet("指标").write(0, 0, "编码")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def encrypted_entry():
    data = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature) + offset
        data[place] |= 1
    return bytes(data)


@pytest.mark.parametrize("ending", [".xlsm", ".csv", ".xlsx.exe", ".ods", ".xlsb", ".doc"])
def test_other_endings_are_refused_by_name(ending):
    last = "." + ending.rpartition(".")[2]
    assert refusal_of(GOOD, f"表{ending}") == (
        f"只能上传 .xlsx、.xls 或 .et 文件，这个文件是「{last}」。"
    )


def test_a_name_without_ending_is_refused():
    assert refusal_of(GOOD, "表") == "只能上传 .xlsx、.xls 或 .et 文件，这个文件是「无扩展名」。"


@pytest.mark.parametrize("filename", ["表.XLSX", "../../etc/表.xlsx", "表\u202excod.xlsx", ""])
def test_a_harmless_workbook_passes_whatever_its_name(filename):
    assert len(read(GOOD, [INDICATORS], filename=filename).rows["指标"]) == 1


def test_an_xlsx_that_is_called_xls_or_et_passes():
    assert len(read(GOOD, [INDICATORS], filename="表.et").rows["指标"]) == 1


def test_a_file_above_the_limit_is_refused_before_it_is_looked_at():
    data = gates.ZIP + b"\0" * gates.MAX_BYTES
    assert refusal_of(data) == "文件超过 20 MB，请删去图片和多余的工作表后再上传。"


@pytest.mark.parametrize(
    "data",
    [b"name,value\n1,2\n", b"%PDF-1.7", b"\x89PNG\r\n", b"MZ\x90\0", b"\0" * 100, "文字".encode()],
)
def test_what_only_bears_the_ending_is_refused(data):
    assert refusal_of(data) == NOT_ONE


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_is_called_empty(data):
    assert refusal_of(data) == "文件是空的，请检查后重新上传。"


@pytest.mark.parametrize(
    "data", [b"<html><table>", b"\xef\xbb\xbf<?xml version='1.0'?>", b"<TABLE>"]
)
def test_a_web_page_that_is_called_xls_is_named_so(data):
    assert refusal_of(data, "表.xls").startswith("这个文件其实是网页，不是工作簿。")


@pytest.mark.parametrize("keep", [30, 200, 1000, -30, -1])
def test_a_truncated_workbook_is_refused(keep):
    assert refusal_of(GOOD[:keep]) == BROKEN


def test_an_archive_that_holds_no_workbook_is_refused():
    assert refusal_of(archive(word__document="x")).startswith("压缩包里没有工作簿")
    assert refusal_of(compound("WordDocument"), "表.xls").startswith("文件里没有工作簿")


def test_too_many_entries_are_refused():
    entries = {f"xl__media__{number}.png": "x" for number in range(gates.MAX_ENTRIES)}
    assert refusal_of(archive(xl__workbook="x", **entries)) == TOO_LARGE


def test_a_bomb_is_refused_by_what_it_unpacks_to():
    assert refusal_of(with_part(GOOD, SHEET, b" " * (gates.MAX_UNPACKED + 1))) == TOO_LARGE


def test_a_smaller_bomb_is_refused_by_its_ratio():
    assert refusal_of(with_part(GOOD, SHEET, b" " * (2 * gates.RATIO_FLOOR))) == (
        "文件压缩比异常，请把数据区域复制到新的工作簿后再上传。"
    )


def test_an_archive_that_lies_about_its_sizes_does_not_get_further():
    data = with_part(GOOD, SHEET, b"<x/>" + b" " * (100 * 2**20))
    true_size = struct.pack("<I", 100 * 2**20 + 4)
    assert refusal_of(data.replace(true_size, struct.pack("<I", 4))) in {BROKEN, TOO_MUCH}


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", SHEET, "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/x.vml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_are_refused_in_every_part(name, encoding):
    text = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    assert refusal_of(with_part(GOOD, name, text.encode(encoding))) == DECLARES


def test_an_entity_behind_a_long_comment_is_never_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    head = f'<!--{"x" * 5000}--><!DOCTYPE w [<!ENTITY e SYSTEM "file://{secret}">]>'
    xml = part(GOOD, "xl/sharedStrings.xml").decode()
    xml = xml.replace("<sst", head + "<sst", 1).replace("<t>甲</t>", "<t>&e;</t>")
    assert refusal_of(with_part(GOOD, "xl/sharedStrings.xml", xml.encode())) == BROKEN


def test_macros_are_refused_in_both_formats():
    assert refusal_of(with_part(GOOD, "xl/vbaProject.bin", b"x")) == MACROS
    assert refusal_of(compound("Workbook", "_VBA_PROJECT_CUR"), "表.xls") == MACROS


def test_a_password_is_named_as_the_reason():
    reason = "文件设有密码，请去掉密码后再上传。"
    assert refusal_of(encrypted_entry()) == reason
    assert refusal_of(compound("EncryptedPackage")).startswith("文件设有打开密码")


def test_an_old_workbook_that_breaks_off_or_is_garbled_is_refused():
    assert refusal_of(xls()[:1500], "表.xls") in {BROKEN, gates_no_workbook()}
    assert refusal_of(compound("Workbook") + b"\xff" * 2000, "表.xls") == BROKEN


def gates_no_workbook():
    return "文件里没有工作簿，这可能是 Word 文件。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"


def sheet_with(*cells):
    rows = "".join(
        f'<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>x</t></is></c></row>'
        for column, row in cells
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{space}"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    return with_part(GOOD, SHEET, xml.encode())


def test_a_dimension_that_lies_costs_nothing():
    reading = read(sheet_with(("A", 1), ("A", 2)), [INDICATORS])
    assert [error.cell for error in reading.errors] == ["A1"]


def test_a_cell_in_the_last_row_is_refused_politely():
    assert refusal_of(sheet_with(("A", 1), ("A", 1_048_576))) == (
        "工作表「指标」用到了第 1048576 行，行数过多。请把数据区域复制到新的工作簿后再上传。"
    )


def test_a_cell_in_the_last_column_is_refused_politely():
    assert refusal_of(sheet_with(("A", 1), ("XFD", 1))) == (
        "工作表「指标」用到了 16384 列，列数过多。请把数据区域复制到新的工作簿后再上传。"
    )


def test_a_cell_in_the_farthest_corner_takes_the_child_down_and_nothing_else():
    assert refusal_of(sheet_with(("A", 1), ("XFD", 1_048_576))) == TOO_MUCH


def test_more_cells_than_any_report_has_are_refused():
    row = "".join(f'<c r="{c}{{0}}"><v>1</v></c>' for c in ("A", "SA"))
    rows = "".join(f'<row r="{n}">{row.format(n)}</row>' for n in range(1, 3_101))
    xml = part(sheet_with(), SHEET).decode().replace("<sheetData>", "<sheetData>" + rows)
    assert refusal_of(with_part(GOOD, SHEET, xml.encode())) == (
        "工作表「指标」的单元格过多。请把数据区域复制到新的工作簿后再上传。"
    )


def test_a_long_string_told_a_hundred_thousand_times_is_stopped_by_the_output_limit():
    strings = f"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>{'字' * 30_000}</t></si></sst>"
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    xml = part(sheet_with(), SHEET).decode().replace("<sheetData>", "<sheetData>" + rows)
    data = with_part(with_part(GOOD, "xl/sharedStrings.xml", strings.encode()), SHEET, xml.encode())
    assert refusal_of(data) == TOO_MUCH


def test_merged_areas_without_end_are_read_in_bounded_time():
    ranges = "".join(f'<mergeCell ref="A2:A{n}"/>' for n in range(2_000, 4_000))
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>编码</t></is></c></row>' + "".join(
        f'<row r="{n}"><c r="B{n}"><v>1</v></c></row>' for n in range(2, 4_000)
    )
    xml = part(sheet_with(), SHEET).decode().replace("<sheetData>", "<sheetData>" + rows)
    xml = xml.replace("</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")
    reading = read(with_part(GOOD, SHEET, xml.encode()), [INDICATORS])
    assert reading.rows["指标"] == []


def test_garbled_bytes_are_refused_or_read_but_nothing_else_happens():
    """Each byte flip ends in a reading or in NotAWorkbook: no other exception leaves `read`."""
    dice = random.Random(7)  # noqa: S311 - repeatable damage
    outcomes = set()
    for data in [GOOD] * 15 + [xls()] * 10:
        garbled = bytearray(data)
        for _ in range(dice.randint(1, 40)):
            garbled[dice.randrange(8, len(garbled))] = dice.randrange(256)
        try:
            outcomes.add(type(read(bytes(garbled), [INDICATORS])).__name__)
        except NotAWorkbook as refusal:
            outcomes.add(type(refusal).__name__)
    assert outcomes == {"NotAWorkbook", "Reading"}


@pytest.mark.skipif(sys.platform != "linux", reason="limits are proved where production runs")
def test_the_child_has_the_limits_that_reliability_asks_for():
    assert limits.MEMORY <= 256 * 2**20
    assert limits.CPU_SECONDS <= 20
