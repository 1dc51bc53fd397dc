"""What a person sets for a document."""

from django import forms
from django.core.validators import RegexValidator

from accounts.models import Line, Region
from tracker.catalogue.spans import parse_key
from tracker.releases.genres import genres
from tracker.releases.house.keeping import house_at
from tracker.releases.house.settings import usual_of
from tracker.releases.models import DRAFT_ROLES
from tracker.releases.occasion import occasion

PREFIX = "要素"


def real_day(text: str) -> None:
    try:
        occasion(text)
    except ValueError as problem:
        raise forms.ValidationError(str(problem)) from problem


# What a setting must look like, where it is not just words.
CHECKS = {
    "日期": [real_day],
    "份数": [RegexValidator(r"^\s*[0-9]{1,5}\s*份?\s*$", "请填份数，如：50。")],
    "期号": [
        RegexValidator(r"^\s*第?\s*[0-9]{1,5}\s*期?\s*$", "请填期号，如：12，或留空由系统编定。")
    ],
}


def led_regions(user):
    """The regions for whose documents the person works."""
    return Region.objects.filter(path__in=user.reach.leads(*DRAFT_ROLES))


def setting_fields(folder: str) -> dict[str, forms.Field]:
    """One field per thing that the genre lets a person set."""
    kind = genres().get(folder)
    return {
        f"{PREFIX}-{one.name}": forms.CharField(
            label=one.name,
            help_text=one.hint,
            required=False,
            max_length=200,
            validators=CHECKS.get(one.name, ()),
        )
        for one in (kind.settings if kind else ())
    }


class CompileForm(forms.Form):
    """A document on demand."""

    genre = forms.ChoiceField(label="文种", widget=forms.HiddenInput)
    region = forms.ModelChoiceField(Region.objects.none(), label="区划", empty_label=None)
    period = forms.CharField(
        label="期间",
        max_length=10,
        help_text="如：2020、2020H1、2020Q4、2020-12、2020-W50",
    )
    lines = forms.ModelMultipleChoiceField(
        Line.objects.all(),
        label="条线",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不选则包括全部条线",
    )

    def __init__(self, *args, user, folder: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["genre"].choices = [(name, kind.name) for name, kind in genres().items()]
        self.fields["region"].queryset = led_regions(user)
        self.fields |= setting_fields(folder)
        self._tell_usual(folder)

    def _tell_usual(self, folder: str) -> None:
        """What the city has set for every document stands beside the field that may be left empty."""
        region = self.fields["region"].queryset.order_by("path").first()
        kind = genres().get(folder)
        for name, words in (
            usual_of(kind, folder, house_at(region)).items() if region and kind else ()
        ):
            self.fields[f"{PREFIX}-{name}"].help_text = f"不填则为“{words}”"

    def clean_period(self) -> str:
        key = self.cleaned_data["period"].strip()
        try:
            parse_key(key)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem
        return key

    def settings(self) -> dict[str, str]:
        return settings_in(self)


def settings_in(form: forms.Form) -> dict[str, str]:
    """What was set: name -> words, empty ones left out."""
    named = {name: value for name, value in form.cleaned_data.items() if name.startswith(PREFIX)}
    return {name.removeprefix(f"{PREFIX}-"): words for name, words in named.items() if words}


class IssueForm(forms.Form):
    """The version that was read, and words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label="意见", max_length=500, required=False)
