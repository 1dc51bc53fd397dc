"""What people type beside the figures."""

from django import forms

from tracker.ledger.models import PassageKind


class NarrativeForm(forms.Form):
    """A text of a programme."""

    kind = forms.ChoiceField(label="类型", choices=PassageKind.choices)
    text = forms.CharField(
        label="文字",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写做了什么、怎么做的，建议100—300字。文中的数字保存后逐个确认。",
    )
    speaker = forms.CharField(
        label="发言人", max_length=60, required=False, help_text="引语、问答填写"
    )
    question = forms.CharField(
        label="问题",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="问答填写记者的问题",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == PassageKind.ANSWER and not cleaned.get("question"):
            self.add_error("question", "类型为“问答”时请填写问题。")
        if cleaned.get("kind") == PassageKind.QUOTE and not cleaned.get("speaker"):
            self.add_error("speaker", "类型为“引语”时请填写发言人。")
        return cleaned


class EvidenceForm(forms.Form):
    """A file behind a figure or the whole submission."""

    file = forms.FileField(
        label="佐证材料", help_text="PDF、图片、Word、Excel、WPS 或 zip，单个不超过20兆"
    )
    caption = forms.CharField(label="说明", max_length=200, required=False)


class PaperForm(forms.Form):
    """A signature that was given on the printed report."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    signer_name = forms.CharField(label="签字人姓名", max_length=60)
    signer_post = forms.CharField(label="职务", max_length=60, required=False)
    scan = forms.FileField(label="签字扫描件", help_text="PDF 或图片，单个不超过20兆")


class DecisionForm(forms.Form):
    """The version that was seen, and words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label="意见", max_length=500, required=False)
