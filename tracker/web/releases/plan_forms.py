"""The forms of a plan: what is compiled, what must be there, and who gets the file."""

from django import forms

from accounts.models import Agency, User
from tracker.catalogue.models import Cycle, Duty, Indicator, Round, Span
from tracker.releases.genres import genres
from tracker.releases.models import ReleasePlan
from tracker.releases.planning import Named, readers_in
from tracker.web.shown import Shown

from .forms import PREFIX, led_regions, setting_fields

FEW = 6  # rows of a list of choices


class PeopleField(forms.ModelMultipleChoiceField):
    """People, each with the agency of their post."""

    def label_from_instance(self, user: User) -> str:
        posts = [one.agency.short_name for one in user.appointments.all()]
        return f"{posts[0]}　{user.name}" if posts else user.name


class PlanForm(Shown, forms.ModelForm):
    """A plan that compiles by itself."""

    genre = forms.ChoiceField(label="文种")
    readers = PeopleField(
        User.objects.none(),
        label="送阅人",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": FEW}),
        help_text="草稿只发给其中能看草稿的人；不能看这份文稿的人收不到。邮箱在各人的“个人资料”里。按住 Ctrl 可选多人",
    )

    class Meta:
        model = ReleasePlan
        fields = [
            "name", "genre", "region", "lines", "cycle", "when_complete", "required",
            "required_agencies", "required_indicators", "on_missing", "readers", "send_draft",
            "send_issued", "ending", "active",
        ]  # fmt: skip
        widgets = {
            "lines": forms.CheckboxSelectMultiple,
            "required_agencies": forms.SelectMultiple(attrs={"size": FEW}),
            "required_indicators": forms.SelectMultiple(attrs={"size": FEW}),
        }
        labels = {"region": "区划", "lines": "条线", "cycle": "周期", "active": "启用"}
        help_texts = {
            "lines": "不选则包括全部条线",
            "cycle": "按哪个周期的期次汇编；不选则按“期间”要素",
            "when_complete": "须报齐的全部核定后立即汇编；不勾选则到时间汇编，时间由系统管理员在“定时计划”里设定",
            "required_agencies": "“须报齐的范围”选“指定的单位和指标”时起作用",
            "required_indicators": "同上；一个指标要本期应报的各地都已核定才算报齐",
            "on_missing": "到时间或手动汇编时还有缺项怎么办。等待：报齐后自动汇编",
        }

    def __init__(self, *args, user, folder: str, **kwargs):
        super().__init__(*args, **kwargs)
        regions = led_regions(user)
        self.fields["genre"].choices = [(name, kind.name) for name, kind in genres().items()]
        self.fields["region"].queryset = regions
        self.fields["region"].empty_label = None
        self.fields["cycle"].queryset = Cycle.objects.filter(active=True)
        people = readers_in(regions).prefetch_related("appointments__agency")
        self.fields["readers"].queryset = people.order_by("pk")
        owing = Duty.objects.filter(active=True).values("agency")
        self.fields["required_agencies"].queryset = Agency.objects.active().filter(pk__in=owing)
        self.fields["required_indicators"].queryset = Indicator.objects.filter(active=True)
        for name in ("required", "ending"):
            self.fields[name].required = False
        self.fields |= setting_fields(folder)
        for name, words in (self.instance.settings or {}).items():
            if f"{PREFIX}-{name}" in self.fields:
                self.initial[f"{PREFIX}-{name}"] = words

    def standing(self) -> dict:
        """What a plan sets is its own, whichever genre is being chosen."""
        fields = {name: self.initial.get(name) for name in self.Meta.fields}
        return fields | {
            f"{PREFIX}-{name}": words for name, words in (self.instance.settings or {}).items()
        }

    def clean(self):
        words = super().clean()
        chosen = words.get("required") == ReleasePlan.Required.CHOSEN
        if chosen and not (words.get("required_agencies") or words.get("required_indicators")):
            self.add_error("required", "请在下面指定须报齐的单位或指标。")
        if words.get("when_complete") and not words.get("cycle"):
            self.add_error("cycle", "报齐即汇编的计划要选周期。")
        mails = words.get("send_draft") or words.get("send_issued")
        if mails and not words.get("readers"):
            self.add_error("readers", "要发邮件，请选送阅人。")
        return words

    def named(self) -> Named:
        words = self.cleaned_data
        return Named(
            tuple(words["readers"]),
            tuple(words["required_agencies"]),
            tuple(words["required_indicators"]),
        )


class RunForm(forms.Form):
    """A run by hand: for which period, and whether with gaps."""

    span = forms.ModelChoiceField(
        Span.objects.none(), label="期间", required=False, empty_label="最近一期"
    )
    anyway = forms.BooleanField(label="缺项也汇编", required=False)

    def __init__(self, *args, plan: ReleasePlan, **kwargs):
        super().__init__(*args, **kwargs)
        spans = Round.objects.filter(cycle=plan.cycle_id).values("span")
        self.fields["span"].queryset = Span.objects.filter(pk__in=spans).order_by("-end")
