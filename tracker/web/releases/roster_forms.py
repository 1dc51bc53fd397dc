"""One row of the roster, typed."""

from django import forms

from accounts.models import Agency, Region
from tracker.releases.house.roster import Part
from tracker.releases.models import RosterPerson
from tracker.web.inputs import Day


class RosterForm(forms.Form):
    """One person's post; the verb judges what contradicts itself."""

    part = forms.ChoiceField(label="担任", choices=Part.choices)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="单位", required=False, empty_label="不在下列单位"
    )
    body = forms.CharField(
        label="其他单位", max_length=60, required=False, help_text="如：市委宣传部，印在职务前面"
    )
    name = forms.CharField(label="姓名", max_length=40)
    post = forms.CharField(label="职务", max_length=60, help_text="全部职务，如：党组成员、副主席")
    order = forms.IntegerField(
        label="顺序", min_value=1, max_value=999, initial=1, help_text="同一单位有几人时，小的先"
    )
    starts = forms.DateField(label="起", widget=Day)
    ends = forms.DateField(label="止", widget=Day, required=False, help_text="最后一天；在任的不填")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, region: Region, person: RosterPerson | None = None, **kwargs):
        if person:
            names = ("part", "agency", "body", "name", "post", "order", "starts", "ends", "version")
            kwargs["initial"] = {name: getattr(person, name) for name in names}
        super().__init__(*args, **kwargs)
        known = Agency.objects.active().filter(region__path__startswith=region.path)
        self.fields["agency"].queryset = known.select_related("region")

    def columns(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}
