from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts import audit
from accounts.models import AuditEntry


class Command(BaseCommand):
    help = "校验审计链，或输出锚点供系统外保存。"

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="逐条校验")
        verify.add_argument("--anchors", type=Path, help="系统外保存的锚点文件")
        anchor = acts.add_parser("anchor", help="输出最后一条的摘要")
        anchor.add_argument("--output", type=Path, help="追加到这个文件")

    def handle(self, *, act, **options):
        getattr(self, act)(**options)

    def verify(self, *, anchors, **options):
        faults = list(audit.faults())
        if anchors:
            faults += audit.anchor_faults(anchors.read_text(encoding="utf-8").splitlines())
        if faults:
            raise CommandError("审计链有误：\n" + "\n".join(faults))
        self.stdout.write(f"审计链完整，共{AuditEntry.objects.count()}条。")

    def anchor(self, *, output, **options):
        line = audit.anchor()
        if output:
            with output.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        self.stdout.write(line)
