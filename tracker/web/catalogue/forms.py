"""Forms of programmes, indicators and targets; each cleans, the verb judges."""

import re
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Agency, Region
from tracker.catalogue.models import Definition, Indicator, Programme, Target
from tracker.catalogue.units import FACTORS, split_unit, unit_named
from tracker.exact import to_scaled
from tracker.web.inputs import Day
from tracker.web.shown import Shown

BETWEEN_NAMES = re.compile(r"[、,，;；]")


class Sectioned:
    """A form that is read in sections: title, help and names of its fields."""

    SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def sections(self) -> Iterator[dict]:
        for title, words, names in self.SECTIONS:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield {"title": title, "help": words, "fields": fields}


def said(indicator: Indicator) -> str:
    return f"{indicator.programme}：{indicator.name}（{indicator.code}）"


class IndicatorChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return said(obj)


class IndicatorPicks(forms.ModelMultipleChoiceField):
    """Any number of indicators, as a list to tick."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "picks"})

    def label_from_instance(self, obj):
        return said(obj)


def pickable(own: int | None = None):
    """The indicators in use, with what their labels need."""
    return Indicator.objects.filter(active=True).exclude(pk=own).select_related("programme")


LONGEST_MEMBER = 60


class ProgrammeForm(Shown, forms.ModelForm):
    class Meta:
        model = Programme
        fields = ["line", "name", "order", "purpose", "protected_name"]
        labels = {"line": "条线"}
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "order": "汇编时按这个顺序写，小的在前",
            "purpose": "这个项目为了什么，汇编时可以写在前面",
            "protected_name": "名称里有数字时填写，如“515扶贫工程”，汇编时不会当作数据",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["line"]

    def _post_clean(self):
        """The verb judges; the instance stays as it is until then."""


class IndicatorForm(Shown, Sectioned, forms.ModelForm):
    SECTIONS = (
        ("名称与口径", "", ("code", "programme", "name", "aliases", "definition",
                        "comparability", "since", "order")),
        ("计量", "类型决定怎样汇总：流量逐期相加，存量取最新，去重数不跨期相加，标准和比率都不相加。",
         ("unit_text", "decimals", "measure", "entry_mode", "adds_over_regions")),
        ("填报", "", ("level", "source", "required", "is_open", "breakdown", "members")),
        ("写进文稿", "", ("verb", "clause", "subject", "display", "wording", "must_say")),
        ("与其他指标的关系", "填报时按这些关系核对。",
         ("wholes", "parts_complete", "not_above", "numerator", "denominator")),
    )  # fmt: skip
    unit_text = forms.CharField(
        label="计量单位", max_length=20, help_text="填报时用的单位，如：人次、户、万元、元/月、%"
    )
    aliases = forms.CharField(
        label="别名", max_length=200, required=False, help_text="文件里的其他叫法，用顿号隔开"
    )
    members = forms.CharField(
        label="分项",
        max_length=1000,
        required=False,
        help_text="每个分项填一行，如：武隆区、湘西州；用顿号隔开。流量、存量由分项自动合计",
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
    since = forms.DateField(
        label="新口径自何日起", required=False, widget=Day(), help_text="只在修改口径或单位时起作用"
    )
    decimals = forms.IntegerField(
        label="小数位", required=False, min_value=0, max_value=4, help_text="不填则不限"
    )

    class Meta:
        model = Indicator
        fields = [
            "code", "programme", "name", "order", "measure", "entry_mode", "decimals", "display",
            "verb", "clause", "subject", "level", "required", "must_say", "is_open", "wording", "wholes",
            "parts_complete", "not_above", "numerator", "denominator", "source",
            "adds_over_regions", "breakdown", "members",
        ]  # fmt: skip
        field_classes = {
            "wholes": IndicatorPicks,
            "not_above": IndicatorPicks,
            "numerator": IndicatorChoice,
            "denominator": IndicatorChoice,
        }
        labels = {"programme": "项目"}
        help_texts = {
            "code": "本市自定，不能与其他指标相同",
            "verb": "写在数字前面的动词，如：救助、培训、发放",
            "order": "在项目里的顺序，小的在前",
            "clause": "数写进句子的一段话，“{数}”是数的位置，如：{数}农民工获市级以上荣誉称号；不填则写成动词、名称、数",
            "subject": "句首说谁：自动为由下级汇总的写全市，本单位做的承前省略；发生在外地、某村的选“不写”",
            "level": "由哪一级填报；上级的数由这一级加起来",
            "source": "这项数据以哪个单位的为准；不填则为本条线的单位",
            "required": "必填的不能空着报送，没有发生的填零报告",
            "must_say": "必写的有了数就要写进文稿：正文优先，正文容纳不下的写在附表，漏写时提示",
            "is_open": "不公开的只在内部使用，不写进文稿",
            "display": "文稿里怎么写：原样，换成万、亿，或不到一百的用汉字（三批）",
            "wording": "概数按“近”“余”等写，精确则照实写",
            "wholes": "本指标是哪些指标的其中项",
            "parts_complete": "各其中项加起来应等于本指标",
            "not_above": "本指标不应大于哪些指标",
            "numerator": "比率由分子除以分母算出，不用填报；两项要一起选",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("wholes", "not_above", "numerator", "denominator"):
            self.fields[name].queryset = pickable(self.instance.pk)
        self.fields["programme"].queryset = Programme.objects.select_related("line")
        self.fields["source"].queryset = Agency.objects.active()
        if self.instance.pk:
            self._show_what_stands()
        else:
            del self.fields["comparability"], self.fields["since"]

    def _show_what_stands(self) -> None:
        last = self.instance.definitions.order_by("number").last()
        self.initial["unit_text"] = self.instance.entry_unit
        self.initial["aliases"] = "、".join(self.instance.aliases)
        self.initial["members"] = "、".join(self.instance.members)
        self.initial["definition"] = last.text if last else ""

    def clean_unit_text(self) -> str:
        text = self.cleaned_data["unit_text"].strip()
        try:
            self.split = split_unit(text)
        except ValueError as problem:
            raise ValidationError(f"{problem}。") from problem
        return text

    def clean_members(self) -> list[str]:
        found = (name.strip() for name in BETWEEN_NAMES.split(self.cleaned_data["members"]))
        names = list(dict.fromkeys(name for name in found if name))
        if any(len(name) > LONGEST_MEMBER for name in names):
            raise ValidationError(f"分项名称最长{LONGEST_MEMBER}个字。")
        return names

    def clean_aliases(self) -> list[str]:
        names = (name.strip() for name in BETWEEN_NAMES.split(self.cleaned_data["aliases"]))
        return list(dict.fromkeys(name for name in names if name))

    def fields_for_verb(self) -> dict:
        """What the verbs take: model fields, unit and scale, links and the definition."""
        words = dict(self.cleaned_data)
        words.pop("unit_text")
        if not words.get("comparability"):
            words.pop("comparability", None)
        scale, base = self.split
        return words | {"unit": unit_named(base), "entry_scale": scale}

    def _post_clean(self):
        """The verb judges; the instance stays as it is until then."""


class TargetForm(forms.Form):
    region = forms.ModelChoiceField(Region.objects.none(), label="地区", empty_label=None)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    kind = forms.ChoiceField(
        label="类型",
        choices=Target.Kind.choices,
        help_text="不少于：完成率为完成数除以目标；不超过：控制在目标以内；全覆盖、按期可以没有目标值",
    )
    value = forms.DecimalField(label="目标值", required=False, max_digits=17, decimal_places=4)
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="下达目标的文件名称和文号"
    )

    def __init__(self, *args, user, indicator, **kwargs):
        super().__init__(*args, **kwargs)
        self.scale = FACTORS[indicator.entry_scale]
        led = user.reach.led("path", "reviewer")
        self.fields["region"].queryset = Region.objects.filter(
            led, level__in=["city", "county", "town"]
        )
        self.fields["value"].help_text = f"单位：{indicator.entry_unit}"

    def clean_value(self):
        value = self.cleaned_data["value"]
        if value is None:
            return None
        to_scaled(value * self.scale)
        return value * self.scale


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200)
