from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, connection

from accounts.rules import Refused
from accounts.services.setup import init


def without_tables(problem: Exception) -> str:
    """Mostly nobody ran `migrate` yet; else what the database itself says."""
    try:
        known = connection.introspection.table_names()
    except OperationalError:
        return f"连不上数据库，请检查数据库设置后再试。数据库的说明：{problem}"
    if "accounts_user" not in known:
        return (
            f"数据库里还没有建表。请先运行 manage.py migrate，再运行 manage.py init。所用的数据库：{connection.settings_dict['NAME']}；"
            "如果启动时设了 SHIJI_DATA，这个窗口也要设成一样的。"
        )
    return f"数据库不能写入：{problem}。请先运行 manage.py migrate，再试一次。"


class Command(BaseCommand):
    help = "建立一个新城市：牵头单位、一名主管和三名管理员，一次性密码只显示这一次。"

    def add_arguments(self, parser):
        parser.add_argument("--region", required=True, help="区划代码，如370100")
        parser.add_argument("--lead", required=True, help="牵头单位全称")

    def handle(self, *, region, lead, **options):
        try:
            opened = init(region, lead)
        except Refused as refusal:
            raise CommandError(refusal.verdict.reason) from refusal
        except (OperationalError, ProgrammingError) as problem:
            raise CommandError(without_tables(problem)) from problem
        self.stdout.write(f"已建立牵头单位“{lead}”。以下一次性密码只显示这一次，七天内有效：\n")
        for person in opened:
            self.stdout.write(
                f"  {person.role.label}\t用户名 {person.user.username}\t密码 {person.password}"
            )
        self.stdout.write("首次登录后须修改密码。")
