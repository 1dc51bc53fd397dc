from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.services.people import renew_password


class Command(BaseCommand):
    help = "为一个账号重新生成一次性密码（管理员无法互相重置时使用）。"

    def add_arguments(self, parser):
        parser.add_argument("username", help="用户名")

    def handle(self, *, username, **options):
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist as error:
            raise CommandError(f"没有用户名为“{username}”的账号。") from error
        password = renew_password(user, by=None)
        self.stdout.write(f"{user.name}的一次性密码（只显示这一次）：{password}")
