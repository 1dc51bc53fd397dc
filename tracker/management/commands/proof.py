"""Prove a text against the ledger: every figure with its verdict, and what the wording rules find."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Line, Region
from tracker.catalogue.models import Span
from tracker.catalogue.spans import span_of
from tracker.language.figures import TooLong
from tracker.language.numerals import write_arabic
from tracker.management.words import words_of
from tracker.releases.proof import Checked, Finding, Report, Source, ground_of, prove_text, say


class Command(BaseCommand):
    help = "对照台账校验一篇文稿的全部数字，并按文风规则检查；有必须处理的问题时退出码为 1"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="文稿（.txt、.md、.docx）")
        parser.add_argument("--region", required=True, metavar="代码", help="区划代码，如 370100")
        parser.add_argument(
            "--period", required=True, metavar="期间", help="如 2020、2020Q4、2020-12"
        )
        parser.add_argument("--lines", nargs="*", default=[], metavar="条线", help="只对照这些条线")
        parser.add_argument("--internal", action="store_true", help="内部文稿，允许密级和内部标志")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *, file: Path, region: str, period: str, lines: list[str], **options) -> None:
        text = words_of(file)
        ground = ground_of(_region(region), _span(period), _lines(lines))
        try:
            report = prove_text(text, ground, public=not options["internal"])
        except TooLong as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(as_json(report) if options["json"] else in_words(report))
        if report.stops:
            raise SystemExit(1)


def _region(code: str) -> Region:
    try:
        return Region.objects.by_code(code)
    except (Region.DoesNotExist, ValueError) as problem:
        raise CommandError(f"没有代码为“{code}”的区划。") from problem


def _span(key: str) -> Span:
    try:
        return Span.objects.filter(key=key).first() or span_of(key)
    except ValueError as problem:
        raise CommandError(f"{problem}。") from problem


def _lines(names: list[str]) -> list[Line]:
    found = list(Line.objects.filter(name__in=names))
    unknown = sorted(set(names) - {line.name for line in found})
    if unknown:
        known = "、".join(Line.objects.values_list("name", flat=True))
        raise CommandError(f"没有条线“{unknown[0]}”，现有：{known}。")
    return found


def as_json(report: Report) -> str:
    """{"figures": […], "findings": […], "stops": number}."""
    rows = {
        "figures": [_figure(one) for one in report.figures],
        "findings": [_finding(one) for one in report.findings],
        "stops": len(report.stops),
    }
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _figure(one: Checked) -> dict:
    figure = one.figure
    return {
        "start": figure.start,
        "end": figure.end,
        "raw": figure.raw,
        "value": write_arabic(figure.value),
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "role": figure.role.value,
        "verdict": one.verdict.value,
        "fact": _fact(one.source) if one.source else None,
        "hint": one.hint,
        "rivals": [_fact(source) for source in one.rivals],
    }


def _fact(source: Source) -> dict:
    return {
        "indicator": source.code,
        "name": source.name,
        "value": write_arabic(source.value),
        "unit": source.unit,
        "qualifier": source.qualifier,
        "span": source.span,
        "region": source.region,
        "op": source.op,
        "entry": source.entries[0] if len(source.entries) == 1 else None,
        "entries": list(source.entries),
        "passage_figure": source.passage_figure,
    }


def _finding(one: Finding) -> dict:
    return {
        "rule": one.rule,
        "severity": one.severity,
        "start": one.start,
        "end": one.end,
        "message": one.message,
        "suggestion": one.suggestion,
        "blocks": one.blocks,
    }


def in_words(report: Report) -> str:
    """For people: what stops first, then every figure, then the rest of the findings."""
    stops = [f"{_place(report.text, one)}\t{say(one)}。" for one in report.stops]
    figures = [
        f"{one.figure.start}\t{one.figure.raw}\t{one.verdict.label}\t{_named(one.source)}\t{one.hint}"
        for one in report.figures
    ]
    told = [
        f"{one.start}\t{one.rule}\t{one.severity}\t{report.text[one.start : one.end][:20]}\t{one.message}"
        for one in report.findings
    ]
    head = f"{len(report.figures)}个数字，{len(stops)}处必须处理，{len(told)}条提示。"
    return "\n".join([
        head, *(["", "必须处理", *stops] if stops else []),
        "", "位置\t原文\t结论\t出处\t说明", *figures,
        *(["", "位置\t规则\t级别\t原文\t说明", *told] if told else []),
    ])  # fmt: skip


def _place(text: str, one: Checked | Finding) -> str:
    start = one.figure.start if isinstance(one, Checked) else one.start
    return f"第{text.count(chr(10), 0, start) + 1}行"


def _named(source: Source | None) -> str:
    return f"{source.name}（{source.span}）" if source else ""
