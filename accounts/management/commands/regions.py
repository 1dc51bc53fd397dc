from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.gazetteer import BUNDLED, read
from accounts.services.divisions import import_regions


class Command(BaseCommand):
    help = "导入区划代码。"

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        loader = acts.add_parser("import", help="从随附数据或给定文件导入")
        loader.add_argument("file", nargs="?", type=Path, default=BUNDLED)
        loader.add_argument("--city", default="", help="只导入这一城市及其上级，如370100")
        loader.add_argument("--villages", action="store_true", help="导入到村（居）")

    def handle(self, *, file, city, villages, **options):
        try:
            divisions = read(file, city=city, depth=12 if villages else 9)
        except KeyError as error:
            raise CommandError(f"{file}缺少{error}，不是区划数据文件。") from error
        except (OSError, ValueError) as error:
            raise CommandError(f"不能读取{file}：{error}") from error
        if not divisions:
            raise CommandError(f"{file}中没有代码{city}，未导入任何数据。")
        loaded = import_regions(divisions)
        self.stdout.write(
            f"新增{loaded.added}个，更新{loaded.changed}个，未变{loaded.same}个区划。"
        )
