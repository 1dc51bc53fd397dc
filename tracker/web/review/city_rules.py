"""The city's own checks on pages: made without code, tried on the past, switched on and off."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.catalogue import city_rules as verbs
from tracker.catalogue.models import CityRule, Indicator
from tracker.submissions.checks.own import past_filings, try_on_past
from tracker.submissions.saying import written
from tracker.web import lists, typed
from tracker.web.people.access import only

from .keeping import led
from .tabs import tabs_of


class CityRuleForm(forms.ModelForm):
    """What has to hold; the words say it in the order of a sentence."""

    class Meta:
        model = CityRule
        fields = ["name", "indicator", "comparison", "against", "other", "number", "times",
                  "severity", "message"]  # fmt: skip
        help_texts = {
            "name": "如：培训人次不超过上期五倍",
            "other": "比较对象选“另一指标”时选择",
            "number": "比较对象选“一个数”时填写，按基本单位（人次、元）",
            "times": "与比较对象的几倍相比，一般为1",
            "message": "填报时显示给填报员，如：培训人次一般不超过参训人数的三倍，请核对",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = Indicator.objects.filter(active=True).select_related("programme", "unit")
        for name in ("indicator", "other"):
            self.fields[name].queryset = known
            self.fields[name].label_from_instance = label_of
        self.fields["times"].required = False

    def _post_clean(self):
        """The verb judges; the instance stays as it is until then."""


def label_of(indicator: Indicator) -> str:
    return f"{indicator.programme.name}　{indicator.label}（{indicator.unit.name}）"


def seen(user):
    rows = CityRule.objects.visible_to(user)
    return rows.select_related("region", "indicator__unit", "other__unit", "by")


@require_safe
@only("reviewer", "auditor")
def city_rule_list(request):
    sorts = {"name": ("name",), "indicator": ("indicator__code",), "active": ("-active", "name")}
    listing = lists.listing(request, seen(request.user), sorts=sorts, sort="active")
    context = {"listing": listing, "tabs": tabs_of(request.user, "city-rule-list")}
    return render(request, "review/city_rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def city_rule_add(request):
    form = CityRuleForm(initial={"times": 1})
    if request.method == "POST":
        form = typed.bound(request, CityRuleForm)
        if form.is_valid() and (made := kept(form, lambda fields: create(request, fields))):
            messages.success(request, "已建立，尚未启用。下面是用以往数据试算的结果。")
            return redirect("city-rule", made.pk)
    context = {"form": form, "rule": None}
    return render(request, "review/city_rule.html", context, status=422 if form.errors else 200)


def create(request, fields: dict) -> CityRule:
    return verbs.create_rule(led(request.user), by=request.user, **fields)


def kept(form: CityRuleForm, verb) -> CityRule | None:
    with typed.said_on(form):
        return verb({name: form.cleaned_data.get(name) for name in verbs.FIELDS})
    return None


class EditForm(CityRuleForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def city_rule(request, pk):
    """The rule, what it would have hit so far, and its switch."""
    rule = get_object_or_404(seen(request.user), pk=pk)
    form = EditForm(instance=rule, initial={"version": rule.version})
    if request.method == "POST":
        form = typed.bound(request, EditForm, instance=rule)
        if form.is_valid() and kept(form, lambda fields: edit(request, rule, form, fields)):
            messages.success(request, "已保存并停用，请看试算结果后再启用。")
            return redirect("city-rule", rule.pk)
    context = {"form": form, "rule": rule, **trial_of(rule)}
    return render(request, "review/city_rule.html", context, status=422 if form.errors else 200)


def edit(request, rule: CityRule, form: EditForm, fields: dict) -> CityRule:
    return verbs.edit_rule(rule, by=request.user, version=form.cleaned_data["version"], **fields)


def trial_of(rule: CityRule) -> dict:
    trial = try_on_past(rule, past_filings(rule))
    hits = [(one, written(one.figure)) for one in trial.hits]
    return {"trial": trial, "hits": hits}


@require_POST
@only("reviewer")
def city_rule_active(request, pk):
    rule = get_object_or_404(seen(request.user), pk=pk)
    on = request.POST.get("active") == "1"
    version = typed.number(request.POST.get("version", "")) or 0
    verbs.switch_rule(rule, on, by=request.user, version=version)
    words = "已启用，从现在起填报时生效。" if on else "已停用。"
    messages.success(request, f"“{rule.name}”{words}")
    return redirect("city-rule", rule.pk)
