from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from accounts import triggers


def install_triggers(using, **kwargs):
    triggers.install(connections[using])


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "人员与权限"

    def ready(self):
        post_migrate.connect(install_triggers, sender=self)
