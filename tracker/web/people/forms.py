"""Forms of the desks of people."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Agency, Appointment, Line, Region, Role, User
from accounts.passwords import is_stale
from tracker.web.inputs import Day
from tracker.web.shown import Shown


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "用户名或密码不正确。连续输错5次后，将锁定30分钟。",
        "inactive": "用户名或密码不正确。连续输错5次后，将锁定30分钟。",
        "stale": "一次性密码已超过七天，请联系管理员重置密码。",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "用户名"
        self.fields["password"].label = "密码"

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        if is_stale(user, timezone.now()):
            raise ValidationError(self.error_messages["stale"], code="stale")


class OwnPasswordForm(PasswordChangeForm):
    # A password is never sent back into the page.
    forgets = True

    error_messages = PasswordChangeForm.error_messages | {
        "password_incorrect": "原密码不正确，请重新输入。",
        "password_mismatch": "两次输入的新密码不一致，请重新输入。",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "原密码"
        self.fields["new_password1"].label = "新密码"
        self.fields["new_password2"].label = "再输一遍新密码"
        self.fields["new_password1"].help_text = "至少12个字符，不要用姓名、常见密码或纯数字。"
        self.fields["new_password2"].help_text = ""

    def clean_new_password1(self):
        if self.user.check_password(self.cleaned_data["new_password1"]):
            raise ValidationError("新密码不能与原密码相同。")
        return self.cleaned_data["new_password1"]


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["phone"]


class TokenForm(forms.Form):
    """A token for a program of one's own."""

    name = forms.CharField(label="用途", max_length=60, help_text="如：区县大屏取数")
    days = forms.TypedChoiceField(
        label="有效期",
        coerce=int,
        choices=[(30, "30天"), (90, "90天"), (365, "一年")],
        initial=90,
    )
    may_act = forms.BooleanField(
        label="允许填报和办理",
        required=False,
        help_text="不勾选的令牌只能读取。勾选后，程序可以用您的身份填报、审签、核定，操作记在您名下",
    )


class FreeUsername:
    """A user name that nobody else has, in any spelling of it."""

    def clean_username(self):
        username = User.normalize_username(self.cleaned_data["username"].strip())
        others = User.objects.filter(username__iexact=username).exclude(pk=self.instance.pk)
        if username and others.exists():
            raise ValidationError("这个用户名已被使用，请换一个。")
        return username


class AccountForm(FreeUsername, forms.ModelForm):
    username = forms.CharField(
        label="用户名", max_length=60, required=False, help_text="留空时用姓名；重名时自动加序号。"
    )

    class Meta:
        model = User
        fields = ["name", "username", "kind", "phone"]
        help_texts = {"kind": "开户后不能更改。三类管理员不能兼任，也不能办理业务。"}


class AccountEditForm(FreeUsername, Shown, forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "username", "phone"]


class AppointmentForm(forms.Form):
    agency = forms.ModelChoiceField(Agency.objects.none(), label="机构", empty_label="请选择")
    post = forms.CharField(label="职务", max_length=60)
    roles = forms.MultipleChoiceField(
        label="角色",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="安全管理员确认后生效。",
    )
    starts = forms.DateField(label="起", widget=Day())
    ends = forms.DateField(label="止", required=False, widget=Day(), help_text="不定期的留空。")
    speaking_order = forms.IntegerField(label="发言顺序", required=False, min_value=1, max_value=99)

    def __init__(self, *args, account, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.visible_to(by).active()
        self.fields["roles"].choices = roles_for(account.kind)
        self.fields["starts"].initial = timezone.localdate

    def clean(self):
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "止期不能早于起期。")
        return self.cleaned_data


class ProposeForm(forms.Form):
    role = forms.ChoiceField(label="角色")

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_for(kind)


def roles_for(kind: str) -> list[tuple[str, str]]:
    return [(role.value, role.label) for role in Role if role.kind == kind]


class EndForm(forms.Form):
    ends = forms.DateField(
        label="最后一天", widget=Day(), help_text="今天或更早：相应角色立即失效。"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends"].initial = timezone.localdate


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{user.name}（{user.username}）"


class HandOverForm(forms.Form):
    to = PersonField(User.objects.none(), label="接收人", empty_label="请选择")
    keep = forms.BooleanField(label="移交人保留原任职", required=False)
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args, giver: Appointment, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.visible_to(by).active().filter(kind=giver.user.kind)
        self.fields["to"].queryset = people.exclude(pk=giver.user_id).order_by("name", "pk")


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200)


class NamesForm(forms.Form):
    name = forms.CharField(label="机构全称", max_length=100)
    short_name = forms.CharField(
        label="简称", max_length=60, required=False, help_text="留空时同全称。"
    )
    spoken_name = forms.CharField(
        label="称谓", max_length=60, required=False, help_text="口头称呼，留空时同简称。"
    )


class AgencyForm(NamesForm):
    line = forms.ModelChoiceField(Line.objects.all(), label="条线", empty_label="请选择")
    region_code = forms.CharField(
        label="区划代码", max_length=12, help_text="6、9或12位，如370102；功能区用本市代码。"
    )
    superior = forms.ModelChoiceField(
        Agency.objects.none(),
        label="上级机构",
        required=False,
        empty_label="默认",
        help_text="留空时取同条线、上级区划的机构。",
    )
    leads = forms.BooleanField(label="是这一区划的牵头单位", required=False)
    is_guest = forms.BooleanField(label="客座单位（企业等）", required=False)

    field_order = ["line", "region_code", "name", "short_name", "spoken_name"]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["superior"].queryset = Agency.objects.visible_to(by).active()

    def clean_region_code(self):
        return region_of(self.cleaned_data["region_code"])

    def clean_name(self):
        return free_name(self.cleaned_data["name"])


class AgencyEditForm(Shown, forms.Form):
    line = forms.ModelChoiceField(Line.objects.all(), label="条线", empty_label="请选择")
    is_guest = forms.BooleanField(label="客座单位（企业等）", required=False)

    def __init__(self, *args, agency, **kwargs):
        kept = {"line": agency.line_id, "is_guest": agency.is_guest}
        super().__init__(*args, record=agency, stands=kept, **kwargs)


class RenameForm(Shown, NamesForm):
    since = forms.DateField(label="自何日起", widget=Day())

    def __init__(self, *args, agency, **kwargs):
        named = {name: getattr(agency, name) for name in ("name", "short_name", "spoken_name")}
        super().__init__(*args, record=agency, stands=named, **kwargs)
        self.agency = agency
        self.fields["since"].initial = timezone.localdate

    def clean_name(self):
        return free_name(self.cleaned_data["name"], self.agency)


class MoveForm(Shown, forms.Form):
    superior = forms.ModelChoiceField(
        Agency.objects.none(), label="新的上级机构", required=False, empty_label="无上级"
    )
    since = forms.DateField(label="自何日起", widget=Day())

    def __init__(self, *args, agency, by, **kwargs):
        stands = {"superior": agency.superior_id}
        super().__init__(*args, record=agency, stands=stands, **kwargs)
        others = Agency.objects.visible_to(by).active().exclude(pk=agency.pk)
        self.fields["superior"].queryset = others
        self.fields["since"].initial = timezone.localdate


class LineForm(Shown, forms.ModelForm):
    class Meta:
        model = Line
        fields = ["name", "order"]


class AreaForm(forms.Form):
    code = forms.CharField(label="代码", max_length=12)
    name = forms.CharField(label="名称", max_length=60)
    since = forms.DateField(label="启用", required=False, widget=Day())


class RetireForm(forms.Form):
    ends = forms.DateField(label="最后一天", widget=Day())


class ManagerForm(forms.Form):
    manager_code = forms.CharField(label="代管单位的区划代码", max_length=12)
    note = forms.CharField(label="说明", max_length=200, required=False)

    def clean_manager_code(self):
        return region_of(self.cleaned_data["manager_code"])


def region_of(code: str) -> Region:
    """The region of a code as typed; a message for the field when there is none."""
    region = Region.objects.filter(code=code.strip().upper()).first()
    try:
        return region or Region.objects.by_code(code)
    except (ValueError, Region.DoesNotExist) as error:
        raise ValidationError("没有这个区划代码，请到“区划”中核对。") from error


def free_name(name: str, agency: Agency | None = None) -> str:
    others = Agency.objects.active().filter(name=name).exclude(pk=agency and agency.pk)
    if others.exists():
        raise ValidationError("已有同名机构。")
    return name
