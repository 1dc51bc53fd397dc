"""The whole product by one command: the web process and the worker, kept alive together."""

import signal
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import RoleGrant
from tracker.catalogue.models import City
from tracker.jobs import broker
from tracker.management.supervisor import Child, Supervisor

BIN = Path(sys.executable).parent


class Command(BaseCommand):
    help = "启动网站和后台工作进程；按 Ctrl-C 全部结束。"
    requires_system_checks = "__all__"

    def add_arguments(self, parser):
        parser.add_argument("--address", default=settings.ADDRESS, help="监听地址，如 0.0.0.0:8000")
        parser.add_argument("--web-workers", type=int, default=2, help="网站进程数")

    def handle(self, *, address, web_workers, **options):
        self.host, _, port = address.rpartition(":")
        self.port = int(port)
        self.refuse_taken_port()
        self.check(databases=["default"])
        supervisor = Supervisor(self.children(address, web_workers), self.say)
        for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(name, lambda *_: supervisor.stop.set())
        supervisor.run(self.reachable, self.announce)
        self.say("已全部停止。")

    def say(self, words: str):
        self.stdout.write(words)
        self.stdout.flush()

    def children(self, address: str, web_workers: int) -> list[Child]:
        web = [
            *(str(BIN / "gunicorn"), "tracker.wsgi:application", "--bind", address),
            *("--workers", str(web_workers), "--threads", "4", "--graceful-timeout", "10"),
            *("--log-level", "warning", "--no-control-socket"),
        ]
        children = [
            Child("网站进程", [*web, "--chdir", str(settings.BASE_DIR)]),
            Child("工作进程", [sys.executable, str(settings.BASE_DIR / "manage.py"), "work"]),
        ]
        if not broker.in_process():
            children.append(Child("任务进程", self.celery()))
        return children

    def celery(self) -> list[str]:
        house = ["--quiet", "--workdir", str(settings.BASE_DIR), "-A", "tracker.celery"]
        return [
            str(BIN / "celery"),
            *house,
            "worker",
            "--concurrency",
            "2",
            "--loglevel",
            "warning",
        ]

    def refuse_taken_port(self):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise CommandError(
                    f"端口 {self.port} 已被占用。请先停止占用它的程序，或用 SHIJI_ADDRESS 换一个端口。"
                ) from error

    def reachable(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex((self.here, self.port)) == 0

    @property
    def here(self) -> str:
        return "127.0.0.1" if self.host in ("", "0.0.0.0") else self.host  # noqa: S104

    def announce(self):
        self.say(f"\n实绩已启动：http://{self.here}:{self.port}/\n")
        if City.objects.filter(is_demo=True).exists():
            self.announce_demo()
        self.say("按 Ctrl-C 停止。")

    def announce_demo(self):
        self.say(f"演示账号（密码都是 {settings.DEMO_PASSWORD}）：")
        for username, words in demo_accounts().items():
            self.say(f"  {username:<16}{words}")


def demo_accounts() -> dict[str, str]:
    """User name -> name, agency and roles, for everybody who may sign in today."""
    grants = RoleGrant.objects.current(timezone.localdate()).select_related(
        "appointment__user", "appointment__agency"
    )
    people: dict[str, list] = {}
    for grant in grants:
        people.setdefault(grant.appointment.user.username, []).append(grant)
    return {
        username: f"{held[0].appointment.user.name}　{held[0].appointment.agency}　"
        + "、".join(grant.get_role_display() for grant in held)
        for username, held in people.items()
    }
