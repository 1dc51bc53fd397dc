"""What people type beside the figures."""

from django import forms

from accounts.models import Appointment
from tracker.ledger.models import PassageKind
from tracker.submissions.deputising import candidates
from tracker.submissions.evidence import KINDS, LARGEST, LONGEST_CAPTION, MOST_PER_SUBMISSION
from tracker.web.people.forms import Day

LONGEST_TEXT = 4000


class NarrativeForm(forms.Form):
    """A text of a programme."""

    kind = forms.ChoiceField(label="类型", choices=PassageKind.choices)
    text = forms.CharField(
        label="文字",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写做了什么、怎么做的，建议100—300字。文中的数字随写随认，保存时确认。",
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

    def watch(self, address: str) -> None:
        """Have the figures of the text shown while it is typed."""
        self.fields["text"].widget.attrs |= {
            "hx-post": address,
            "hx-trigger": "input changed delay:400ms",
            "hx-params": "text",
            "hx-target": "#found",
            "hx-sync": "this:replace",
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == PassageKind.ANSWER and not cleaned.get("question"):
            self.add_error("question", "类型为“问答”时请填写问题。")
        if cleaned.get("kind") == PassageKind.QUOTE and not cleaned.get("speaker"):
            self.add_error("speaker", "类型为“引语”时请填写发言人。")
        return cleaned


LIMITS = (
    f"PDF、图片、Word、Excel、WPS 或 zip，可以一次选多个；单个不超过{LARGEST // 2**20}兆，"
    f"一次报送最多{MOST_PER_SUBMISSION}个"
)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; each has to be one."""

    widget = ManyFiles(
        attrs={"accept": ",".join(KINDS), "data-largest": LARGEST, "data-endings": " ".join(KINDS)}
    )

    def clean(self, data, initial=None):
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in chosen]


class EvidenceForm(forms.Form):
    """Files behind a figure or the whole submission, with words about what they show."""

    file = FilesField(label="佐证材料", help_text=LIMITS)
    caption = forms.CharField(
        label="说明",
        max_length=LONGEST_CAPTION,
        required=False,
        help_text="如：6月培训签到表；几个文件各有说明的，上传后在文件旁填写",
    )


class PaperForm(forms.Form):
    """A signature that was given on the printed report."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    signer_name = forms.CharField(label="签字人姓名", max_length=60)
    signer_post = forms.CharField(label="职务", max_length=60, required=False)
    scan = forms.FileField(label="签字扫描件", help_text="PDF 或图片，单个不超过20兆")


class DeputyField(forms.ModelChoiceField):
    """A colleague with the agency, since one may sign for several."""

    def label_from_instance(self, post):
        return f"{post.user.name}（{post.agency}{post.post}）"


class DelegationForm(forms.Form):
    """Who signs for oneself, and from when to when."""

    deputy = DeputyField(Appointment.objects.none(), label="代签人", empty_label="请选择")
    starts = forms.DateField(label="起", widget=Day())
    ends = forms.DateField(label="止", widget=Day(), help_text="含当天")
    reason = forms.CharField(
        label="事由", max_length=100, required=False, help_text="如：休假、出差、学习"
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = candidates(by)


class DecisionForm(forms.Form):
    """The version that was seen, and words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label="意见", max_length=500, required=False)
