"""Forms of cycles, rounds, duties and working days; each cleans, the verb judges."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Agency, Region
from tracker.catalogue.deadlines import Deadline
from tracker.catalogue.models import Cycle, Nature
from tracker.catalogue.spans import parse_key
from tracker.web.inputs import Day
from tracker.web.shown import Shown

from .forms import IndicatorPicks, Sectioned, pickable

SIGN_STEPS = [(0, "不需要审签"), (1, "一级"), (2, "两级"), (3, "三级")]


def readable(text: str) -> str:
    """The due time as it was typed; ValidationError where it names no time."""
    try:
        Deadline.parse(text)
    except ValueError as problem:
        raise ValidationError(f"{problem}。") from problem
    return text


class CycleFields(Sectioned, forms.ModelForm):
    """What a cycle and something asked for once have in common."""

    sign_steps = forms.TypedChoiceField(
        label="审签级数",
        choices=SIGN_STEPS,
        coerce=int,
        initial=1,
        help_text="报送前由本单位几个人依次审签",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.filter(
            path__in=user.reach.leads("reviewer")
        )
        self.fields["region"].empty_label = None
        self.fields["indicators"].queryset = pickable()

    def clean_due(self) -> str:
        return readable(self.cleaned_data["due"])

    def _post_clean(self):
        """The verb judges; the instance stays as it is until then."""


FILING_HELP = "本单位填自己的；代下级由上级一张表填各区县；汇总下级由下级的数加起来再确认"


class CycleForm(Shown, CycleFields):
    SECTIONS = (
        ("报什么", "", ("name", "region", "lines", "indicators", "nature")),
        ("什么时候", "期是一个月、一季等；期后第几个工作日按本市的工作日算。", ("frequency", "opens", "due")),
        ("谁来报、谁来审", "", ("filing", "sign_steps", "line_review")),
        ("报表表头", "印在打印报表的右上角，没有的不填。",
         ("form_code", "form_issuer", "form_approval", "form_valid_until")),
    )  # fmt: skip

    nature = forms.TypedChoiceField(
        label="数据性质",
        choices=Nature.choices,
        required=False,
        empty_value=Nature.DECIDED,
        initial=Nature.DECIDED,
        help_text="平时的月报、季报选“核定”；快报数与年报定案数并存，差异在“快报与定案”中说明",
    )

    class Meta:
        model = Cycle
        fields = [
            "name", "region", "frequency", "lines", "indicators", "nature", "opens", "due", "sign_steps",
            "line_review", "filing", "form_code", "form_issuer", "form_approval",
            "form_valid_until",
        ]  # fmt: skip
        field_classes = {"indicators": IndicatorPicks}
        labels = {"region": "区划"}
        widgets = {"lines": forms.CheckboxSelectMultiple, "form_valid_until": Day()}
        help_texts = {
            "name": "如：扶贫工作月报",
            "filing": FILING_HELP,
            "line_review": "报送后先由上级本条线的单位审核，再由牵头单位核定",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["region"]
        else:
            self.initial = {"opens": "期后1日", "due": "期后第5个工作日"} | self.initial

    def clean_opens(self) -> str:
        return readable(self.cleaned_data["opens"])


class AdHocForm(CycleFields):
    """Something asked for once."""

    SECTIONS = (
        ("报什么", "", ("name", "region", "lines", "indicators", "span_key")),
        ("截止与审签", "下发后立即开放，各单位会收到通知。", ("due", "sign_steps", "filing")),
    )
    span_key = forms.CharField(
        label="期间",
        max_length=10,
        required=False,
        help_text="数据属于哪个期间，如：2020、2020-12；不填则为今天",
    )

    class Meta:
        model = Cycle
        fields = ["name", "region", "lines", "indicators", "due", "sign_steps", "filing"]
        field_classes = {"indicators": IndicatorPicks}
        labels = {"region": "区划"}
        widgets = {"lines": forms.CheckboxSelectMultiple}
        help_texts = {
            "name": "如：4月14日发布会数据",
            "due": "如：今天17:00、明天12:00、4月14日17:00",
            "filing": FILING_HELP,
        }

    def clean_span_key(self) -> str:
        key = self.cleaned_data["span_key"].strip()
        if key:
            try:
                parse_key(key)
            except ValueError as problem:
                raise ValidationError(f"{problem}。") from problem
        return key


class ExtensionForm(forms.Form):
    agency = forms.ModelChoiceField(Agency.objects.none(), label="单位", empty_label=None)
    due_at = forms.DateTimeField(
        label="延期至",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(label="理由", max_length=200)

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


class DutyForm(forms.Form):
    agency = forms.ModelChoiceField(Agency.objects.none(), label="单位", empty_label=None)
    filing = forms.ChoiceField(label="填报方式", choices=Cycle.Filing.choices)

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


class WorkdayForm(forms.Form):
    day = forms.DateField(label="日期", widget=Day())
    is_workday = forms.TypedChoiceField(
        label="上班或休息",
        choices=[("yes", "上班"), ("no", "休息")],
        coerce=lambda answer: answer == "yes",
    )
    note = forms.CharField(
        label="说明", max_length=100, required=False, help_text="如：国庆调休、本市会议"
    )
