"""Forms of the catalogue; each cleans, the verb judges."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Agency, Region
from tracker.catalogue.models import Cycle, Definition, Indicator, Programme, Target
from tracker.catalogue.spans import parse_key
from tracker.catalogue.units import split_unit, unit_named
from tracker.submissions.typed import SCALES


class ProgrammeForm(forms.ModelForm):
    class Meta:
        model = Programme
        fields = ["line", "name", "order", "purpose", "protected_name"]
        labels = {"line": "条线"}
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"protected_name": "名称里有数字时填写，如“515扶贫工程”，汇编时不会当作数据"}

    def validate_constraints(self):
        """The verb says it in better words."""


class IndicatorForm(forms.ModelForm):
    unit_text = forms.CharField(
        label="计量单位", max_length=20, help_text="填报时用的单位，如：人次、户、万元、元/月、%"
    )
    definition = forms.CharField(
        label="口径",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="统计什么、怎么统计、从什么时候起算。修改口径会产生新版本",
    )
    comparability = forms.ChoiceField(
        label="与上一版口径",
        choices=Definition.Comparability.choices,
        required=False,
        help_text="只在修改口径或单位时起作用；不可比时不写同比",
    )

    class Meta:
        model = Indicator
        fields = [
            "code", "programme", "name", "order", "measure", "entry_mode", "decimals", "display",
            "verb", "level", "required", "must_say", "is_open", "wording", "wholes",
            "parts_complete", "not_above", "numerator", "denominator", "source",
            "adds_over_regions",
        ]  # fmt: skip
        labels = {"programme": "项目"}
        help_texts = {
            "verb": "写在指标前面的动词，如：救助、培训、发放",
            "decimals": "不填则不限",
            "wholes": "本指标是哪些指标的其中项，按住 Ctrl 可多选",
            "not_above": "本指标不应大于哪些指标，按住 Ctrl 可多选",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("wholes", "not_above", "numerator", "denominator"):
            self.fields[name].queryset = Indicator.objects.filter(active=True).exclude(
                pk=self.instance.pk
            )
        self.fields["programme"].queryset = Programme.objects.select_related("line")
        if self.instance.pk:
            self.initial["unit_text"] = self.instance.entry_unit
            last = self.instance.definitions.order_by("number").last()
            self.initial["definition"] = last.text if last else ""

    def clean_unit_text(self):
        text = self.cleaned_data["unit_text"].strip()
        try:
            self.split = split_unit(text)
        except ValueError as problem:
            raise ValidationError(f"{problem}。") from problem
        return text

    def fields_for_verb(self) -> dict:
        """What the verbs take: model fields, unit and scale, links and the definition."""
        words = dict(self.cleaned_data)
        words.pop("unit_text")
        scale, base = self.split
        return words | {"unit": unit_named(base), "entry_scale": scale}

    def _post_clean(self):
        """The verb judges; the instance stays as it is until then."""


class TargetForm(forms.Form):
    region = forms.ModelChoiceField(Region.objects.none(), label="地区", empty_label=None)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label="类型", choices=Target.Kind.choices)
    value = forms.DecimalField(label="目标值", required=False, max_digits=17, decimal_places=4)
    basis = forms.CharField(label="依据", max_length=200, required=False)

    def __init__(self, *args, user, indicator, **kwargs):
        super().__init__(*args, **kwargs)
        self.scale = SCALES[indicator.entry_scale]
        paths = user.reach.leads("reviewer")
        rows = Region.objects.none()
        for path in paths:
            rows = rows | Region.objects.filter(
                path__startswith=path, level__in=["city", "county", "town"]
            )
        self.fields["region"].queryset = rows
        self.fields["value"].help_text = f"单位：{indicator.entry_unit}"

    def clean_value(self):
        value = self.cleaned_data["value"]
        return None if value is None else value * self.scale


class CycleForm(forms.ModelForm):
    class Meta:
        model = Cycle
        fields = [
            "name", "region", "frequency", "lines", "indicators", "opens", "due", "sign_steps",
            "line_review", "filing",
        ]  # fmt: skip
        labels = {"region": "区划"}
        widgets = {"lines": forms.CheckboxSelectMultiple}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.filter(
            path__in=user.reach.leads("reviewer")
        )
        self.fields["region"].empty_label = None
        self.fields["indicators"].queryset = Indicator.objects.filter(active=True)
        if not self.instance.pk:
            self.initial |= {"opens": "期后1日", "due": "期后第5个工作日"}

    def validate_constraints(self):
        """The verb says it in better words."""

    def _post_clean(self):
        """The verb judges; the instance stays as it is until then."""


class AdHocForm(forms.ModelForm):
    """Something asked for once."""

    span_key = forms.CharField(
        label="期间",
        max_length=10,
        required=False,
        help_text="数据属于哪个期间，如：2020、2020-12；不填则为今天",
    )

    class Meta:
        model = Cycle
        fields = ["name", "region", "lines", "indicators", "due", "sign_steps", "filing"]
        labels = {"region": "区划"}
        widgets = {"lines": forms.CheckboxSelectMultiple}
        help_texts = {"due": "如：今天17:00、明天12:00、4月14日17:00"}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.filter(
            path__in=user.reach.leads("reviewer")
        )
        self.fields["region"].empty_label = None
        self.fields["indicators"].queryset = Indicator.objects.filter(active=True)

    def clean_span_key(self) -> str:
        key = self.cleaned_data["span_key"].strip()
        if key:
            try:
                parse_key(key)
            except ValueError as problem:
                raise ValidationError(str(problem)) from problem
        return key

    def _post_clean(self):
        """The verb judges."""


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


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200)


class WorkdayForm(forms.Form):
    day = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    is_workday = forms.TypedChoiceField(
        label="上班或休息", choices=[("1", "上班"), ("", "休息")], coerce=bool, required=False
    )
    note = forms.CharField(label="说明", max_length=100, required=False)
