"""Figures and texts of the past from a workbook, confirmed by a second person."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.rules import Refused
from tracker.ledger.history import WrongHistory, confirm, read_history, stage
from tracker.management.people import user_named
from tracker.workbooks.gates import NotAWorkbook


class Command(BaseCommand):
    help = "导入历史数据和文字材料；由牵头单位的另一名主管确认后入账。"

    def add_arguments(self, parser: ArgumentParser):
        acts = parser.add_subparsers(dest="act", required=True)
        reading = acts.add_parser("import", help="导入；有一处错误则什么也不写入")
        reading.add_argument("file", type=Path)
        reading.add_argument("--by", required=True, metavar="用户名", help="导入人，即填报人")
        reading.add_argument(
            "--approved-by", metavar="用户名", help="确认人，即核定人；不填则等待在页面上确认"
        )

    def handle(self, *, file, by, approved_by, **options):
        importer = user_named(by)
        approver = user_named(approved_by) if approved_by else None
        try:
            self._import(file, importer, approver)
        except FileNotFoundError as missing:
            raise CommandError(f"找不到文件 {file}。") from missing
        except NotAWorkbook as reason:
            raise CommandError(str(reason)) from reason
        except Refused as refusal:
            raise CommandError(refusal.verdict.reason) from refusal
        except WrongHistory as wrong:
            raise CommandError(
                f"共{len(wrong.history.errors)}处错误，没有写入任何内容。"
            ) from wrong

    @transaction.atomic
    def _import(self, file: Path, importer, approver) -> None:
        history = read_history(file, by=importer)
        for note in (*history.errors, *history.warnings):
            self.stderr.write(str(note))
        batch = stage(file, by=importer, history=history)
        self.stdout.write(f"已导入{len(history.entries)}条数据、{len(history.passages)}段文字。")
        if approver is None:
            self.stdout.write("等待牵头单位的另一名主管在页面上确认。")
            return
        confirm(batch, by=approver)
        self.stdout.write(f"已由{approver.name}确认入账。")
