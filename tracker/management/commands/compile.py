"""Compile a document from what is approved and write it to a file."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Line, Region
from accounts.rules import Refused
from tracker.catalogue.models import Span
from tracker.catalogue.spans import span_of
from tracker.releases.compiling import compile_release
from tracker.releases.coverage import coverage
from tracker.releases.files import ENDINGS, file_of
from tracker.releases.genres import UnknownGenre


class Command(BaseCommand):
    help = "把已核定的数据和文字汇编成文稿，按输出文件的扩展名决定格式"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("genre", metavar="文种", help="中文名称或文件夹名，如：发布会实录")
        parser.add_argument("--region", required=True, metavar="区划代码", help="如：370100")
        parser.add_argument(
            "--period", required=True, metavar="期间", help="如：2020、2020Q4、2020-12"
        )
        parser.add_argument("--lines", default="", metavar="条线", help="用逗号分隔，不给则为全部")
        parser.add_argument(
            "--set", action="append", default=[], metavar="要素=内容", help="如：主题=…，可多次给出"
        )
        parser.add_argument("--seed", type=int, default=0, metavar="N", help="措辞变化的种子")
        parser.add_argument("--output", required=True, type=Path, metavar="文件")

    def handle(self, *, genre: str, output: Path, **options: object) -> None:
        ending = output.suffix.removeprefix(".")
        if ending not in ENDINGS:
            raise CommandError(f"不支持的格式“.{ending}”，可用：{'、'.join(ENDINGS)}。")
        region, span = _region(options["region"]), _span(options["period"])
        lines, settings = _lines(options["lines"]), _settings(options["set"])
        try:
            release = compile_release(
                genre, region, span, lines=lines, settings=settings, seed=options["seed"],
                trigger="命令行",
            )  # fmt: skip
        except (Refused, UnknownGenre, ValueError) as reason:
            raise CommandError(str(reason)) from reason
        version = release.versions.get(number=1)
        _write(output, file_of(version, ending))
        self._tell(release, version, output)

    def _tell(self, release, version, output: Path) -> None:
        said = coverage(version)
        self.stdout.write(f"{release.title}")
        self.stdout.write(f"必写指标：{said.said}/{said.owed} 已写入")
        for remark in version.remarks:
            self.stdout.write(f"提示：{remark}")
        self.stdout.write(f"已写入 {output}")


def _region(code: str) -> Region:
    try:
        return Region.objects.by_code(code)
    except ValueError as problem:
        raise CommandError(str(problem)) from problem
    except Region.DoesNotExist as problem:
        raise CommandError(f"没有区划代码为“{code}”的地区。") from problem


def _span(key: str) -> Span:
    try:
        return span_of(key)
    except ValueError as problem:
        raise CommandError(str(problem)) from problem


def _lines(text: str) -> list[Line]:
    names = [
        name.strip()
        for name in text.replace("，", ",").replace("、", ",").split(",")
        if name.strip()
    ]
    known = {line.name: line for line in Line.objects.all()}
    if unknown := [name for name in names if name not in known]:
        raise CommandError(f"没有名为“{'、'.join(unknown)}”的条线。可用：{'、'.join(known)}。")
    return [known[name] for name in names]


def _settings(pairs: list[str]) -> dict[str, str]:
    settings = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise CommandError(f"“{pair}”应写成 要素=内容，如：主题=脱贫攻坚的生动实践。")
        settings[name.strip()] = value.strip()
    return settings


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise CommandError(f"不能写入文件：{path}（{problem.strerror}）") from problem
