"""One sample of each kind of document, as .docx and .pdf, from what is approved; nothing is kept."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Region
from tracker.catalogue.spans import span_of
from tracker.documents.formats import render
from tracker.language.dates import say_date
from tracker.releases.compiling import compose, roster_day
from tracker.releases.dispatching import span_of_counties
from tracker.releases.genres import Genre, genres
from tracker.releases.snapshot import take

ENDINGS, SEED = ("docx", "pdf"), 3
SAID = {
    "主题": "脱贫攻坚的生动实践",
    "场次": "2",
    "日期": "2021年4月16日9:30",
    "地点": "市新闻发布厅",
    "主持人": "济南市工作成果发布办公室二级调研员　林晓岚",
    "联系人": "济南市工作成果发布办公室",
    "地名": "济南",
    "作者": "通讯员孟远",
    "报": "市委、市政府领导",
    "发": "市直有关部门",
    "呈报": "市政府分管领导",
    "期号": "6",
    "份数": "50",
    "栏目": "民生保障",
    "撰稿人": "孟远",
    "审核人": "周宁",
}
OWN = {
    "feature": {"主题": "温暖送到心坎上", "作者": "记者孟远　通讯员周宁"},
    "press_release": {"主题": "民生实事见成效"},
    "brief": {"主题": "重点帮扶工作"},
    "special_report": {"主题": "重点帮扶工作"},
    "weekly": {"主题": "困难职工帮扶工作"},
}


class Command(BaseCommand):
    help = "每个文种各汇编一份样稿（Word 和 PDF），写到文件夹里；不留下文稿"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="文件夹", help="如 docs/samples")
        parser.add_argument("--region", default="370100", metavar="代码")
        parser.add_argument("--period", default="2020", metavar="期间")

    def handle(self, *, folder: Path, region: str, period: str, **options) -> None:
        try:
            place, span = Region.objects.by_code(region), span_of(period)
        except (Region.DoesNotExist, ValueError) as problem:
            raise CommandError(f"没有这个区划或期间：{region} {period}。") from problem
        folder.mkdir(parents=True, exist_ok=True)
        for name, kind in genres().items():
            own = span_of_counties(place) if kind.by_county else span
            document = _sample(name, kind, place, own or span)
            for ending in ENDINGS:
                path = folder / f"{name}.{ending}"
                path.write_bytes(render(document, ending, settings.FONTS))
            self.stdout.write(f"{kind.name}　{folder / name}")


def _sample(name: str, kind: Genre, place: Region, span):
    said = {**SAID, **OWN.get(name, {})}
    if kind.by_county:
        said["日期"] = say_date(span.end)
    known = {one.name: said[one.name] for one in kind.settings if said.get(one.name)}
    snapshot = take(
        place, span, [], known, SEED, roster_day(known),
        is_public=not kind.is_internal, finals=kind.finals, by_county=kind.by_county,
    )  # fmt: skip
    return compose(kind, snapshot)[0]
