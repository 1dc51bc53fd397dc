"""What a production installation refuses beyond its settings."""

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from tracker.catalogue.models import City

HINT = "演示账号的密码是公开的。请为正式使用另建数据库，再运行 migrate 和 init。"


@checks.register(checks.Tags.database)
def no_demo_accounts(app_configs, databases, **kwargs):
    """An error when the database of a production installation holds the demonstration."""
    if settings.PRODUCTION and any(_is_demo(alias) for alias in databases or []):
        return [
            checks.Error("数据库里是演示城市，不能用于正式运行。", hint=HINT, id="tracker.E001")
        ]
    return []


def _is_demo(alias: str) -> bool:
    # Before the first migration there is nobody to refuse.
    if City._meta.db_table not in connections[alias].introspection.table_names():
        return False
    return City.objects.using(alias).filter(is_demo=True).exists()


def refuse_demo() -> None:
    """Raise instead of serving the demonstration as if it were real."""
    for error in no_demo_accounts(None, ["default"]):
        raise ImproperlyConfigured(f"{error.msg}{error.hint}")
