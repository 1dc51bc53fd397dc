"""What the acts of the audit record are called in Chinese.

Each stage adds its own with `name_acts` at the import of the app. An act "<model>.<status>" needs
no name: the words of the model and of its status are used.
"""

from django.apps import apps

from accounts.models.roles import Kind, Role

ACTS = {
    "account.open": "开立账号",
    "account.enroll": "登记人员",
    "account.reset_password": "重置密码",
    "account.change_password": "修改本人密码",
    "account.edit_profile": "修改个人资料",
    "account.edit": "修改账号资料",
    "account.disable": "停用账号",
    "account.enable": "启用账号",
    "appointment.begin": "登记任职",
    "appointment.change": "更改任职",
    "appointment.end": "结束任职",
    "appointment.hand_over": "交接",
    "appointment.settle": "办结交接",
    "role.propose": "提请角色",
    "role.confirm": "确认角色",
    "role.revoke": "撤销角色",
    "role.turn_down": "驳回角色提请",
    "agency.create": "建立机构",
    "agency.rename": "机构更名",
    "agency.move": "调整上级机构",
    "agency.lead": "调整牵头单位",
    "agency.edit": "修改机构资料",
    "agency.close": "停用机构",
    "agency.reopen": "恢复机构",
    "line.save": "保存条线",
    "region.import": "导入区划",
    "region.add_area": "登记功能区",
    "region.retire": "停用区划",
    "region.manage_for": "登记代管",
    "region.end_overlap": "结束代管",
    "token.issue": "创建接口令牌",
    "token.revoke": "撤销接口令牌",
    "token-new": "创建接口令牌",
    "token-revoke": "撤销接口令牌",
    "city.init": "初始化城市",
    "session.sign_in": "登录",
    "session.sign_out": "退出",
    "audit.verify": "校验审计链",
    "audit.export": "导出审计记录",
    "user-new": "开立账号",
    "user-edit": "修改账号资料",
    "user-reset": "重置密码",
    "user-slips": "生成一次性密码",
    "user-disable": "停用账号",
    "user-enable": "启用账号",
    "appointment-new": "登记任职",
    "appointment-end": "结束任职",
    "role-propose": "提请角色",
    "hand-over": "交接",
    "grant-confirm": "确认角色",
    "grant-revoke": "撤销角色",
    "agency-new": "建立机构",
    "agency-rename": "机构更名",
    "agency-edit": "修改机构资料",
    "agency-move": "调整上级机构",
    "agency-lead": "调整牵头单位",
    "agency-close": "停用机构",
    "agency-reopen": "恢复机构",
    "line-list": "保存条线",
    "line-edit": "保存条线",
    "area-new": "登记功能区",
    "region-retire": "停用区划",
    "region-manage": "登记代管",
    "overlap-end": "结束代管",
    "change-password": "修改本人密码",
    "profile": "修改个人资料",
}

DATA = {
    "added": "新增",
    "after": "新值",
    "agency": "机构",
    "before": "原值",
    "changed": "更改",
    "code": "代码",
    "ends": "止",
    "filters": "筛选条件",
    "is_guest": "客座单位",
    "kind": "类别",
    "line": "条线",
    "name": "名称",
    "note": "说明",
    "order": "排序",
    "parent": "上级",
    "reason": "原因",
    "region": "区划",
    "role": "角色",
    "roles": "角色",
    "since": "自何日起",
    "speaking_order": "发言顺序",
    "starts": "起",
    "url_pk": "编号",
    "username": "用户名",
}
VALUES = dict(Role.choices) | dict(Kind.choices)


def name_acts(acts: dict[str, str], data: dict[str, str] | None = None) -> None:
    """Add Chinese names of acts, and of the keys of what they record."""
    ACTS.update(acts)
    DATA.update(data or {})


def acts_named(words: str) -> list[str]:
    """The acts whose Chinese name holds these words."""
    return [act for act, name in ACTS.items() if words in name]


def data_words(data: dict) -> list[tuple[str, str]]:
    """What an entry recorded, as pairs of Chinese name and text."""
    return [(DATA.get(key, key), _value_words(value)) for key, value in data.items()]


def _value_words(value) -> str:
    if isinstance(value, dict):
        return "；".join(f"{name}：{text}" for name, text in data_words(value))
    if isinstance(value, list):
        return "、".join(_value_words(one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    # Both as JSON has it and as str() wrote it.
    text = {"None": "无", "": "（空）"}.get(str(value), str(value))
    return VALUES.get(text, text)


def act_words(act: str, target_type: str = "") -> str:
    """The Chinese name of an act; the act itself when nobody has named it."""
    return ACTS.get(act) or _status_words(act, target_type) or act


def _status_words(act: str, target_type: str) -> str:
    status = act.partition(".")[2]
    if not status or "." not in target_type:
        return ""
    try:
        model = apps.get_model(target_type)
    except LookupError:
        return ""
    choices = dict(getattr(getattr(model, "Status", None), "choices", ()))
    word = choices.get(status)
    return f"{model._meta.verbose_name}：{word}" if word else ""
