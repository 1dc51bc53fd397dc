"""The catalogue from a workbook, and back into one."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.rules import Refused
from tracker.catalogue.workbook import Plan, WrongWorkbook, carry_out, export_catalogue, plan_import
from tracker.management.people import user_named
from tracker.workbooks.gates import NotAWorkbook


class Command(BaseCommand):
    help = "导入或导出指标目录工作簿：机构、人员、项目、指标、目标、周期。"

    def add_arguments(self, parser: ArgumentParser):
        acts = parser.add_subparsers(dest="act", required=True)
        reading = acts.add_parser("import", help="导入；有一处错误则什么也不写入")
        reading.add_argument("file", type=Path)
        reading.add_argument("--by", required=True, metavar="用户名", help="牵头单位的主管")
        reading.add_argument("--check", action="store_true", help="只检查和列出变化，不写入")
        writing = acts.add_parser("export", help="导出为可再导入的工作簿")
        writing.add_argument("file", type=Path)

    def handle(self, *, act, file, **options):
        if act == "export":
            file.write_bytes(export_catalogue())
            self.stdout.write(f"已导出到 {file}。")
            return
        try:
            self._import(file, user_named(options["by"]), only_check=options["check"])
        except FileNotFoundError as missing:
            raise CommandError(f"找不到文件 {file}。") from missing
        except NotAWorkbook as reason:
            raise CommandError(str(reason)) from reason
        except Refused as refusal:
            raise CommandError(refusal.verdict.reason) from refusal

    def _import(self, file: Path, by, *, only_check: bool) -> None:
        plan = plan_import(file, by=by)
        self._say(plan)
        if plan.errors:
            raise CommandError(f"共{len(plan.errors)}处错误，没有写入任何内容。")
        if only_check:
            self.stdout.write("检查完毕，没有写入。")
            return
        try:
            carry_out(plan, by=by)
        except WrongWorkbook as wrong:
            self._say(wrong.plan)
            raise CommandError("检查之后目录有了变化，没有写入，请重新导入。") from wrong
        self.stdout.write(
            "已导入。新开账号由系统管理员重置密码后发放，角色由安全管理员确认后生效。"
        )

    def _say(self, plan: Plan) -> None:
        for note in (*plan.errors, *plan.warnings):
            self.stderr.write(str(note))
        self.stdout.write(
            f"新增{len(plan.creates)}行，更改{len(plan.updates)}行，无变化{len(plan.unchanged)}行。"
        )
