"""One word of a dictionary, typed."""

from django import forms

from tracker.catalogue.models import CityWord
from tracker.web.inputs import Day


class WordForm(forms.Form):
    """One word of a dictionary."""

    kind = forms.ChoiceField(label="类别", choices=CityWord.Kind.choices)
    words = forms.CharField(
        label="词", max_length=60, help_text="保护名称填全名；固定表述填它的名称，如：四进行动"
    )
    instead = forms.CharField(
        label="应为（各项）",
        max_length=300,
        required=False,
        help_text="应当怎样写；固定表述填各项，用“、”隔开；保护名称不填",
    )
    note = forms.CharField(label="说明", max_length=200, required=False)
    valid_from = forms.DateField(
        label="起",
        widget=Day,
        required=False,
        help_text="不填则一直有效；按文稿所写期间的最后一天判断",
    )
    valid_to = forms.DateField(label="止", widget=Day, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, word: CityWord | None = None, **kwargs):
        if word:
            names = ("kind", "words", "instead", "note", "valid_from", "valid_to", "version")
            kwargs["initial"] = {name: getattr(word, name) for name in names}
        super().__init__(*args, **kwargs)

    def columns(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}
