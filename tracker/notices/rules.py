"""Who keeps the ways out of the product: the system administrator and the lead office's reviewers."""

from accounts.models import User
from accounts.rules import ALLOWED, Verdict, refused

from .models import Channel, Delivery, State


def may_keep_notices(user: User) -> Verdict:
    """Channels, wording, quiet hours, and what was sent."""
    if user.reach.has("system_admin") or user.reach.leads("reviewer"):
        return ALLOWED
    return refused("只有系统管理员和牵头单位的主管可以设置通知。")


def may_try_channel(user: User, channel: Channel) -> Verdict:
    """A test message goes to a group; mail is tried with one's own address."""
    if channel.is_mail and not getattr(getattr(user, "contact", None), "email", ""):
        return refused("请先在“个人资料”里填写邮箱，测试邮件会发到那里。")
    return may_keep_notices(user)


def may_send_again(user: User, delivery: Delivery) -> Verdict:
    if delivery.state != State.FAILED:
        return refused(f"这条通知{delivery.get_state_display()}，不需要重新发送。")
    return may_keep_notices(user)
