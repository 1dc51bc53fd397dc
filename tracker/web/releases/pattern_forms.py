"""What is typed about a pattern: its text, the period of the preview, and the word of a second person."""

from django import forms

from tracker.catalogue.models import Indicator, Programme
from tracker.releases.own_patterns.checking import cleaned
from tracker.releases.patterns.parsing import LONGEST


class PatternForm(forms.Form):
    """The text is judged by the check, which names the character; here only its length is."""

    source = forms.CharField(
        label="句式",
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    period = forms.ChoiceField(label="预览用哪一期的数", required=False)
    note = forms.CharField(
        label="修改说明",
        required=False,
        max_length=200,
        help_text="给审定人看，如：与年报的说法一致",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, periods, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(span.key, str(span)) for span in periods]

    def clean_source(self):
        return cleaned(self.cleaned_data["source"])


class DecisionForm(forms.Form):
    """同意 or 不同意, the latter with a reason."""

    answer = forms.CharField(label="意见", required=False, max_length=500)
    approves = forms.ChoiceField(choices=[("yes", "同意"), ("no", "不同意")])


class SubjectForm(forms.Form):
    """Which programme or indicator is worded; in the address."""

    subject = forms.ChoiceField(label="项目或指标")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", "请选择"), *choices(user)]


def choices(user) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each programme with its active indicators, under its name."""
    rows = Indicator.objects.visible_to(user).filter(active=True).order_by("order", "pk")
    within: dict[int, list[tuple[str, str]]] = {}
    for one in rows:
        within.setdefault(one.programme_id, []).append((f"i{one.pk}", f"指标：{one.name}"))
    programmes = Programme.objects.visible_to(user).filter(active=True).select_related("line")
    return [
        (
            f"{one.line.name}　{one.name}",
            [(f"p{one.pk}", f"项目：{one.name}"), *within.get(one.pk, [])],
        )
        for one in programmes
    ]
