"""Forms of channels, wording, quiet hours and one's own addresses; each cleans, the verb judges."""

import re

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Agency
from tracker.notices.models import Kind, Service
from tracker.notices.reaching import Forbidden, named
from tracker.notices.wording import problem_with
from tracker.web.shown import Shown

MOBILE = re.compile(r"1\d{10}")
CHASING = [
    kind.value
    for kind in (Kind.OPENED, Kind.DUE_SOON, Kind.DUE_TODAY, Kind.OVERDUE, Kind.STILL_RETURNED, Kind.REMINDER)
]  # fmt: skip


class ChannelForm(Shown, forms.Form):
    """A channel; of a known one the address and the secret are never shown, only replaced."""

    service = forms.ChoiceField(label="方式", choices=Service.choices)
    name = forms.CharField(label="名称", max_length=60, help_text="如：月报工作群")
    address = forms.CharField(
        label="机器人地址",
        max_length=500,
        required=False,
        help_text="从群机器人设置里复制的完整地址，以 https:// 开头；邮件不用填",
    )
    secret = forms.CharField(
        label="加签密钥",
        max_length=200,
        required=False,
        help_text="钉钉、飞书机器人启用“加签”时填写",
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="单位",
        required=False,
        empty_label="全市",
        help_text="哪个单位的工作群；全市的群收到所有单位的通知",
    )
    kinds = forms.MultipleChoiceField(
        label="发送哪些通知",
        choices=Kind.choices,
        required=False,
        initial=CHASING,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "picks"}),
    )
    active = forms.BooleanField(label="启用", required=False, initial=True)

    def __init__(self, *args, channel=None, agencies=None, **kwargs):
        names = ("name", "kinds", "active", "agency")
        stands = {name: getattr(channel, name) for name in names} if channel else None
        super().__init__(*args, record=channel, stands=stands, **kwargs)
        for name in ("address", "secret"):
            self.fields[name].secret = True
        self.channel = channel
        self.fields["agency"].queryset = agencies
        if channel:
            del self.fields["service"]
            if channel.is_mail:
                del self.fields["address"], self.fields["secret"], self.fields["agency"]
            else:
                self.fields["address"].help_text = "不显示原来的地址；不填则不变"
                self.fields["secret"].help_text = "不显示原来的密钥；不填则不变"

    def standing(self) -> dict:
        """The address and the secret are not shown, and yet nobody's new one is overwritten."""
        return self.given | {"address": self.channel.address, "secret": self.channel.secret}

    def clean_address(self) -> str:
        address = self.cleaned_data["address"].strip()
        if address:
            try:
                named(address)
            except Forbidden as problem:
                raise ValidationError(str(problem)) from problem
        return address

    def clean(self):
        cleaned = super().clean()
        if not self.channel and cleaned.get("service") != Service.MAIL:
            if not cleaned.get("address") and "address" not in self.errors:
                self.add_error("address", "请填写机器人地址。")
        elif not self.channel:
            cleaned |= {"address": "", "secret": "", "agency": None}
        return cleaned


class WordingForm(Shown, forms.Form):
    """Title and text of one kind of notice."""

    title = forms.CharField(label="标题", max_length=100)
    text = forms.CharField(label="正文", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self):
        cleaned = super().clean()
        if not self.errors and (
            problem := problem_with(self.kind, cleaned["title"], cleaned["text"])
        ):
            raise ValidationError(problem)
        return cleaned


class Clock(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class MannerForm(Shown, forms.Form):
    quiet_from = forms.TimeField(label="免打扰起", widget=Clock())
    quiet_until = forms.TimeField(
        label="免打扰止",
        widget=Clock(),
        help_text="这段时间里不发邮件和群消息，过后再发；起止相同则不设免打扰",
    )
    gather_minutes = forms.IntegerField(
        label="合并几分钟内的通知",
        min_value=0,
        max_value=120,
        help_text="同一个人或同一个群在这段时间里的几件事合成一条消息",
    )


class ContactForm(forms.Form):
    email = forms.EmailField(label="邮箱", required=False, max_length=254)
    by_mail = forms.BooleanField(label="接收邮件通知", required=False)
    mobile = forms.CharField(
        label="手机号", required=False, max_length=20, help_text="与企业微信、钉钉里的手机号一致"
    )
    mention = forms.BooleanField(label="群里有我的事时提醒我", required=False)

    def clean_mobile(self) -> str:
        mobile = self.cleaned_data["mobile"].strip()
        if mobile and not MOBILE.fullmatch(mobile):
            raise ValidationError("请填写11位手机号。")
        return mobile

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("by_mail") and "email" not in self.errors and not cleaned.get("email"):
            self.add_error("email", "接收邮件通知请填写邮箱。")
        if cleaned.get("mention") and "mobile" not in self.errors and not cleaned.get("mobile"):
            self.add_error("mobile", "在群里提醒请填写手机号。")
        return cleaned
