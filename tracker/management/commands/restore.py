"""An installation from its backup."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import User
from tracker.management import archive


class Command(BaseCommand):
    help = "用备份文件恢复数据库、文件和密钥。"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="backup 生成的文件")
        parser.add_argument("--replace", action="store_true", help="覆盖现有数据")

    def handle(self, *, file, replace, **options):
        if not replace and self.has_people():
            raise CommandError("当前数据库里已有数据。确认要覆盖时，请加上 --replace。")
        try:
            manifest = archive.load(file)
        except archive.Unfit as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(
            f"已恢复 {manifest['created']} 的备份：{sum(manifest['rows'].values())} 行数据，"
            f"{len(manifest['sha256']) - 2} 个文件。"
        )
        if os.environ.get("SHIJI_SECRET"):
            self.stdout.write("密钥仍以环境变量 SHIJI_SECRET 为准。")

    def has_people(self) -> bool:
        tables = connection.introspection.table_names()
        return User._meta.db_table in tables and User.objects.exists()
