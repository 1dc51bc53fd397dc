"""Fill an empty database with the demonstration city."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from tracker.catalogue.models import City
from tracker.demo import founding, months, press


class Command(BaseCommand):
    help = "把空数据库建成演示城市（可重复执行；已有真实数据时拒绝）"

    def handle(self, **options: object) -> None:
        if City.objects.filter(is_demo=True).exists():
            return
        if User.objects.exists():
            raise CommandError("数据库里已有真实数据，不能建演示城市。请另设 SHIJI_DATA 后再试。")
        with transaction.atomic():
            self.build()
        self.stdout.write("演示城市已建好。")

    def build(self) -> None:
        """Whole or not at all: a half-built city would be taken for a finished one."""
        people = founding.found()
        months.run(people["reviewer"])
        press.hold(people["reviewer"])
