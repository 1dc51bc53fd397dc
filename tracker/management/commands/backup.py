"""Everything of this installation into one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tracker.management import archive


class Command(BaseCommand):
    help = "把数据库、文件和密钥备份到一个文件；运行中也可以备份。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="备份文件，如 shiji-20260101.tar.gz")

    def handle(self, *, file, **options):
        if not file.parent.is_dir():
            raise CommandError(f"目录 {file.parent} 不存在。")
        try:
            manifest = archive.save(file)
        except archive.Unfit as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(
            f"已备份到 {file}：{sum(manifest['rows'].values())} 行数据，"
            f"{len(manifest['sha256']) - 2} 个文件。其中含有密钥，请妥善保管。"
        )
