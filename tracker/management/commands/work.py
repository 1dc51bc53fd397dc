"""The worker process: dispatcher and clock, and without a broker the work itself."""

import os
import signal
import threading

from django.core.management.base import BaseCommand

from tracker import tasks
from tracker.jobs import dispatcher, health, schedules

GRACE = 10


class Command(BaseCommand):
    help = "分派并办理后台任务，按计划定时执行。一般由 serve 启动，不必单独运行。"

    def handle(self, **options):
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        tasks.install_schedules()
        health.ping()
        clock = threading.Thread(target=self.keep_time, args=(stop,), name="clock", daemon=True)
        clock.start()
        hands = dispatcher.hands(tasks.HANDLERS)
        dispatcher.dispatch(hands, stop)
        clock.join(GRACE)
        if not hands.stop(GRACE):
            # Threads cannot be ended; what they held has been queued again.
            os._exit(0)

    def keep_time(self, stop):
        """A worker without its clock must not look alive: the supervisor starts another."""
        try:
            schedules.keep_time(stop)
        except Exception:
            self.stderr.write("定时计划意外停止，工作进程即将重启。")
            os._exit(1)
