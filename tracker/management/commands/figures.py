"""Print every figure of a text, for people or as JSON."""

import json
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tracker.language.figures import TooLong, recognise
from tracker.language.reading import FigureInText, Reading
from tracker.management.words import words_of


class Command(BaseCommand):
    help = "读出一篇公文中的全部数字：位置、数值、单位、限定词、作用"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="文稿（.txt、.md、.docx）")
        parser.add_argument("--json", action="store_true", help="输出 JSON 数组")
        parser.add_argument(
            "--protect",
            action="append",
            default=[],
            metavar="名称",
            help="含数字的专名，可多次给出",
        )

    def handle(self, *, file: Path, protect: list[str], **options: object) -> None:
        reading = _read(file, protect)
        if options["json"]:
            rows = [_row(figure) for figure in reading.figures]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(reading)))


def _read(file: Path, protect: list[str]) -> Reading:
    try:
        return recognise(words_of(file), protect)
    except TooLong as problem:
        raise CommandError(str(problem)) from problem


def _row(figure: FigureInText) -> dict[str, object]:
    return {
        "start": figure.start,
        "end": figure.end,
        "raw": figure.raw,
        "value": _decimal(figure.value),
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "role": figure.role.value,
    }


def _decimal(value: Decimal) -> str:
    """Plain digits, no exponent, no trailing zeros after the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _lines(reading: Reading) -> list[str]:
    figures = [
        f"{item.start}\t{item.raw}\t{_decimal(item.value)}\t{item.unit}\t{item.qualifier}\t{item.role}"
        for item in reading.figures
    ]
    others = [
        f"{item.start}\t{item.raw}\t{item.reason}" for item in (*reading.others, *reading.leftovers)
    ]
    return ["位置\t原文\t数值\t单位\t限定词\t作用", *figures, "", "不是数据的数字", *others]
