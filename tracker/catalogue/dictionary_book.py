"""The dictionaries as a sheet, in and out: .xlsx, .xls, .et, or a .csv that becomes one. Whole or not at all."""

import csv
import io
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import Region, User
from accounts.rules import require
from tracker.workbooks.gates import MAX_BYTES, NotAWorkbook
from tracker.workbooks.plans import (
    CHANGED,
    CREATED,
    SAME,
    Plan,
    in_order,
    rehearsed,
    without_errors,
)
from tracker.workbooks.reading import Reading, Row, read
from tracker.workbooks.sheets import Column, Kind, Sheet
from tracker.workbooks.taking import Taking
from tracker.workbooks.writing import write

from .dictionary import FIELDS, add_word, edit_word
from .models import CityWord
from .rules import may_keep_words

MAIN = "words"
MOST_ROWS = 5_000
WORDS = Sheet(
    "词典",
    (
        Column(
            "类别",
            Kind.CHOICE,
            key="kind",
            required=True,
            choices={one.label: one for one in CityWord.Kind},
        ),
        Column("词", key="words", required=True, max_length=60, aliases=("名称",)),
        Column(
            "应为",
            key="instead",
            default="",
            max_length=300,
            aliases=("应改为", "各项", "应为（各项）"),
            help="固定表述填各项，用“、”隔开；保护名称不填",
        ),
        Column("说明", key="note", default="", max_length=200),
        Column("起", Kind.DATE, key="valid_from", help="空则一直有效；按文稿所写期间判断"),
        Column("止", Kind.DATE, key="valid_to"),
    ),
    required=True,
)
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True)
class WordPlan(Plan):
    region: Region


def as_workbook(data: bytes, name: str) -> tuple[bytes, str]:
    """A .csv as the workbook of the same rows; any other file as it came. Raises NotAWorkbook."""
    if not name.lower().endswith(".csv"):
        return data, name
    if len(data) > MAX_BYTES:
        raise NotAWorkbook(f"文件超过 {MAX_BYTES // 2**20} MB。")
    rows = list(csv.reader(io.StringIO(_decoded(data), newline="")))
    if len(rows) > MOST_ROWS:
        raise NotAWorkbook(f"一次最多{MOST_ROWS}行，请分几次导入。")
    return _sheet_of(rows), f"{name[:-4]}.xlsx"


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAWorkbook("认不出这个 .csv 文件的编码，请另存为 UTF-8 或 .xlsx 后再上传。")


def _sheet_of(rows: list[list[str]]) -> bytes:
    """Every cell as the text it is: a word that begins with = is no formula."""
    width = max((len(row) for row in rows), default=0)
    head, *body = rows or [[]]
    head = [words.strip() or f"第{at}列" for at, words in enumerate(head, 1)]
    head += [f"第{at}列" for at in range(len(head) + 1, width + 1)]
    if not body or len(set(head)) != len(head):
        raise NotAWorkbook(
            "第一行应是互不相同的列标题，如：类别,词,应为,说明,起,止；下面至少一行。"
        )
    columns = tuple(Column(words, key=str(at)) for at, words in enumerate(head))
    sheet = Sheet(WORDS.name, columns)
    return write([(sheet, ({str(at): cell for at, cell in enumerate(row)} for row in body))])


def plan_words(source: bytes, region: Region, *, by: User, filename: str = "") -> WordPlan:
    """What the file would do to the region's dictionaries, without doing it. Raises NotAWorkbook, Refused."""
    require(may_keep_words(by, region))
    reading = read(source, [WORDS], filename=filename)
    return rehearsed(lambda: _pass(region, reading, by))


@transaction.atomic
def carry_out_words(plan: WordPlan, *, by: User) -> WordPlan:
    """Write what was planned, judged again as things stand; raises WrongWorkbook when it is not all right."""
    require(may_keep_words(by, plan.region))
    done = without_errors(_pass(plan.region, plan.reading, by))
    audit.record(by, "city_word.import", plan.region, **done.counts)
    return done


def _pass(region: Region, reading: Reading, by: User) -> WordPlan:
    taking, rows = Taking(by), reading.rows[WORDS.name]
    known = {_key(word): word for word in CityWord.objects.active().filter(region=region)}
    taking.each(rows, MAIN, _row_key, lambda one, row: _take(one, row, region, known))
    errors = in_order([*reading.errors, *taking.errors], [WORDS])
    return WordPlan(tuple(taking.steps), errors, tuple(reading.warnings), reading, region)


def _key(word: CityWord) -> tuple:
    return word.kind, word.words, word.valid_from


def _row_key(row: Row) -> tuple:
    return row["kind"], row["words"], row["valid_from"]


def _take(taking: Taking, row: Row, region: Region, known: dict[tuple, CityWord]) -> None:
    """A word is known by its kind, itself and its first day."""
    fields = {name: row[name] for name in FIELDS}
    word = known.get(_row_key(row))
    if word is None:
        add_word(region, by=taking.by, **fields)
        taking.done(row, MAIN, CREATED)
        return
    changes = [
        name for name in ("instead", "note", "valid_to")
        if name in row.cells and row[name] != getattr(word, name)
    ]  # fmt: skip
    if changes:
        kept = {name: getattr(word, name) for name in FIELDS} | {n: fields[n] for n in changes}
        edit_word(word, by=taking.by, version=word.version, **kept)
    taking.done(row, MAIN, CHANGED if changes else SAME, changes)


def export_words(region: Region) -> bytes:
    """The region's dictionaries as a sheet that can be read again unchanged."""
    rows = CityWord.objects.active().filter(region=region)
    return write([(WORDS, ({name: getattr(row, name) for name in FIELDS} for row in rows))])
