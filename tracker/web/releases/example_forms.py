"""What is asked for an example, and for the period that is told after it."""

from django import forms

from accounts.models import Line, Region
from tracker.catalogue.spans import parse_key
from tracker.releases.genres import genres
from tracker.web.file_forms import file_field
from tracker.workbooks.papers import MAX_BYTES

from .forms import led_regions


class PeriodField(forms.CharField):
    """A key of the calendar, refused in words when it is none."""

    def __init__(self, **kwargs):
        hint = "如：2020、2020H1、2020Q4、2020-12、2020-W50"
        super().__init__(**{"max_length": 10, "help_text": hint, **kwargs})

    def clean(self, value):
        key = super().clean(value).strip()
        try:
            parse_key(key)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem
        return key


class ExampleForm(forms.Form):
    """A document of an earlier period."""

    file = file_field("范文", "上一期或去年同期已经印发的文稿最合适", (".docx",), MAX_BYTES)
    name = forms.CharField(
        label="系列名称", max_length=100, help_text="如：帮扶工作月报；同一系列用同一个名称"
    )
    genre = forms.ChoiceField(label="文种", help_text="决定文稿的办理流程和版式")
    region = forms.ModelChoiceField(Region.objects.none(), label="区划", empty_label=None)
    period = PeriodField(label="范文写的是哪一期")
    lines = forms.ModelMultipleChoiceField(
        Line.objects.all(),
        label="条线",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不选则在全部条线的数据里找",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["genre"].choices = [(name, kind.name) for name, kind in genres().items()]
        self.fields["region"].queryset = led_regions(user)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".docx"):
            raise forms.ValidationError(
                "范文要保留版式，只能用 .docx。请用 Word 或 WPS 另存后再上传。"
            )
        return file


class PeriodForm(forms.Form):
    """The period to which the example is applied."""

    period = PeriodField(label="套用到")
