"""What is looked at before a workbook is opened (design/reliability.md, rule 4)."""

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePath

ENDINGS = (".xlsx", ".xls", ".et")
MAX_BYTES = 20 * 2**20
MAX_ENTRIES = 1_000
MAX_UNPACKED = 150 * 2**20
MAX_RATIO = 250
# Below this size a high ratio is harmless: a sheet of equal rows packs that well.
RATIO_FLOOR = 10 * 2**20
ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传"
WITHOUT_MACROS = "请另存为不含宏的 .xlsx 后再上传"


class NotAWorkbook(Exception):
    """The file is refused; the message is for the person who uploaded it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def check(data: bytes, filename: str = "") -> None:
    """Refuse (NotAWorkbook) what is no harmless .xlsx, .xls or .et by name, size and content."""
    ending = PurePath(filename).suffix.lower()
    if filename and ending not in ENDINGS:
        raise NotAWorkbook(
            f"只能上传 .xlsx、.xls 或 .et 文件，这个文件是「{ending or '无扩展名'}」。"
        )
    if len(data) > MAX_BYTES:
        raise NotAWorkbook(f"文件超过 {MAX_BYTES // 2**20} MB，请删去图片和多余的工作表后再上传。")
    if data.startswith(ZIP):
        _check_zip(data)
    elif data.startswith(COMPOUND):
        _check_compound(data)
    else:
        raise NotAWorkbook(_what_it_is(data))


def _what_it_is(data: bytes) -> str:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not head:
        return "文件是空的，请检查后重新上传。"
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<?xml")):
        return f"这个文件其实是网页，不是工作簿。{SAVE_AS}。"
    return f"这个文件不是 Excel 或 WPS 工作簿，可能只是改了扩展名，或传输时损坏。{SAVE_AS}。"


def _check_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_sizes(archive.infolist())
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
        raise NotAWorkbook(f"文件不完整或已损坏，打不开。{SAVE_AS}。") from None


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise NotAWorkbook("文件展开后过大，请把数据区域复制到新的工作簿后再上传。")
    if unpacks_too_large(entries):
        raise NotAWorkbook("文件压缩比异常，请把数据区域复制到新的工作簿后再上传。")


def unpacks_too_large(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether the parts are too many, too large, or packed as no honest file is."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    large = len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED
    return large or (unpacked > RATIO_FLOOR and unpacked > MAX_RATIO * packed)


def _check_parts(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotAWorkbook("文件设有密码，请去掉密码后再上传。")
    if "xl/workbook.xml" not in names:
        raise NotAWorkbook(f"压缩包里没有工作簿，这可能是 Word 文件或普通压缩包。{SAVE_AS}。")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise NotAWorkbook(f"文件含有宏，不能接收。{WITHOUT_MACROS}。")
    if any(declares_entities(archive, entry) for entry in entries):
        raise NotAWorkbook(f"文件里有不属于工作簿的声明，不能接收。{SAVE_AS}。")


def declares_entities(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a part begins with a document type, which the format forbids (ECMA-376 part 2)."""
    if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
        return False
    with archive.open(entry) as part:
        return b"<!DOCTYPE" in part.read(4096).replace(b"\0", b"").upper()


def _check_compound(data: bytes) -> None:
    if _has_stream(data, "EncryptedPackage"):
        raise NotAWorkbook("文件设有打开密码，请去掉密码后再上传。")
    if _has_stream(data, "_VBA_PROJECT_CUR"):
        raise NotAWorkbook(f"文件含有宏，不能接收。{WITHOUT_MACROS}。")
    if not (_has_stream(data, "Workbook") or _has_stream(data, "Book")):
        raise NotAWorkbook(f"文件里没有工作簿，这可能是 Word 文件。{SAVE_AS}。")


def _has_stream(data: bytes, name: str) -> bool:
    return (name + "\0").encode("utf-16-le") in data
