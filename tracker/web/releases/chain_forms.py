"""What people type on the way of a text from draft to issue, and after it."""

from django import forms
from django.forms.widgets import ClearableFileInput, FileInput

from accounts.models import Agency
from tracker.catalogue.models import Indicator
from tracker.releases.chain.signing import Paper
from tracker.releases.genres import Chain
from tracker.releases.models import Issuance, Openness, OutsideCopy, Release, Step
from tracker.releases.numbering import next_number, next_total
from tracker.releases.publicity import is_internal
from tracker.web.shown import Shown

WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
LONGEST = 500


def words(label: str, required: bool = False, longest: int = LONGEST, **more) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(
        label=label, required=required, max_length=longest, widget=widget, **more
    )


class VersionForm(forms.Form):
    """Only the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(VersionForm):
    """One person's word on line; the button says whether it agrees."""

    kind = forms.ChoiceField(choices=Step.Kind.choices, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(choices=Step.Outcome.choices, widget=forms.HiddenInput)
    openness = forms.ChoiceField(
        label="公开属性", choices=[("", "请选择"), *Openness.choices], required=False
    )
    opinion = words("意见")

    def __init__(self, *args, kind: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].initial = Step.Outcome.AGREED
        if not self.is_bound and kind != Step.Kind.SECRECY:
            del self.fields["openness"]


class PaperFields(forms.Form):
    """A signature that was given on the printed sheet."""

    signer_name = forms.CharField(label="签字人姓名", max_length=60)
    signer_post = forms.CharField(label="职务", max_length=60, required=False)
    scan = forms.FileField(
        label="签字扫描件", help_text="PDF 或图片，单个不超过20兆", widget=FileInput
    )

    def paper(self) -> Paper:
        chosen = self.cleaned_data
        return Paper(chosen["signer_name"], chosen["scan"], chosen["signer_post"])


class PaperStepForm(PaperFields, StepForm):
    """What was written on paper, agreement or return."""

    field_order = ["version", "kind", "outcome", "signer_name", "signer_post", "scan", "openness", "opinion"]  # fmt: skip


class AskForm(VersionForm):
    """Until when the agencies answer; empty for the days that the chain gives."""

    due_at = forms.DateTimeField(label="会签期限", required=False, widget=WHEN)


class AnswerForm(forms.Form):
    """An agency's word; the button says whether it agrees."""

    agrees = forms.ChoiceField(
        choices=[("yes", "同意"), ("no", "不同意")], widget=forms.HiddenInput, initial="yes"
    )
    opinion = words("意见", help_text="不同意的，请写明哪一处、应怎样写。意见会保留在流程中。")


class PaperAnswerForm(PaperFields, AnswerForm):
    """The same, from paper."""

    agrees = forms.ChoiceField(label="会签意见", choices=[("yes", "同意"), ("no", "不同意")])
    field_order = ["signer_name", "signer_post", "scan", "agrees", "opinion"]


class DecideForm(forms.Form):
    """Why the lead office goes on."""

    reason = words("裁定理由", required=True)


class ChainForm(Shown, forms.Form):
    """Which steps a genre's releases go through."""

    readings = forms.TypedChoiceField(
        label="核稿",
        coerce=int,
        choices=[(0, "不核稿"), (1, "一次"), (2, "两次"), (3, "三次（三审）")],
    )
    countersign = forms.BooleanField(
        label="会签",
        required=False,
        help_text="由提供数据和文字的单位确认自己的内容",
    )
    countersign_days = forms.IntegerField(
        label="会签时限（工作日）", min_value=1, max_value=30, initial=1
    )
    secrecy = forms.BooleanField(label="保密审查和公开属性", required=False)

    def chain(self) -> Chain:
        return Chain(**self.cleaned_data)


class OrderForm(VersionForm):
    """Issuing: words, and what is decided with it. Empty fields: as usual."""

    note = forms.CharField(label="意见", max_length=LONGEST, required=False)
    mode = forms.ChoiceField(label="方式", choices=Issuance.Mode.choices, required=False)
    number = forms.IntegerField(label="期号", min_value=1, max_value=99999, required=False)
    total = forms.IntegerField(label="总期号", min_value=1, max_value=99999, required=False)
    report_to = forms.CharField(label="报", max_length=300, required=False)
    send_to = forms.CharField(label="送", max_length=300, required=False)
    hand_to = forms.CharField(label="发", max_length=300, required=False)
    copies = forms.IntegerField(label="印发份数", min_value=1, max_value=99999, required=False)
    embargo_until = forms.DateTimeField(
        label="此前不得下载",
        required=False,
        widget=WHEN,
        help_text="到这个时间以前，其他单位看不到也不能下载；不填即时可见",
    )
    readers = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="可查看的单位",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text="不选则本地区各单位都能查看",
    )

    NUMBERED = ("number", "total", "report_to", "send_to", "hand_to", "copies")

    READERS = ("report_to", "send_to", "hand_to")

    def __init__(
        self,
        *args,
        release: Release,
        masthead: str = "",
        year: int = 0,
        unread: bool = False,
        **kwargs,
    ):
        """`unread`: nobody has said yet to whom it goes."""
        super().__init__(*args, **kwargs)
        self.unread = unread
        self.fields["readers"].queryset = Agency.objects.active().filter(region=release.region)
        if is_internal(release):
            del self.fields["mode"]
        else:
            self.fields["mode"].choices = [("", "按公开属性"), *Issuance.Mode.choices]
        if not masthead:
            for name in self.NUMBERED:
                del self.fields[name]
            return
        chosen = release.settings
        for name, key in zip(self.READERS, "报送发", strict=True):
            self.initial.setdefault(name, chosen.get(key) or "")
        self.initial["report_to"] = self.initial["report_to"] or chosen.get("呈报", "")
        copies = release.settings.get("份数", "").removesuffix("份")
        self.initial.setdefault("copies", copies if copies.isdecimal() else None)
        if release.corrects_id:
            del self.fields["number"], self.fields["total"]
            return
        coming = next_number(release.region, masthead, year)
        self.fields["number"].help_text = f"留空由系统编定：第{coming}期"
        total = next_total(release.region, masthead)
        said = f"留空由系统编定：总第{total}期" if total else "需要总期号的，第一次在这里填"
        self.fields["total"].help_text = said

    def clean(self) -> dict:
        chosen = super().clean()
        if self.unread and not any(chosen.get(name, "").strip() for name in self.READERS):
            self.add_error("report_to", "请填写报、送、发中的至少一项，版记里还空着。")
        return chosen

    @property
    def further(self):
        """What stands behind “更多”: everything but the words."""
        return [field for field in self.visible_fields() if field.name != "note"]

    def order(self) -> dict:
        chosen = {**self.cleaned_data}
        del chosen["version"], chosen["note"]
        return chosen


class VoidForm(forms.Form):
    """A number that nobody will use, or one that was used and is void."""

    masthead = forms.CharField(label="刊名", max_length=60)
    year = forms.IntegerField(label="年份", min_value=1949, max_value=2999)
    number = forms.IntegerField(label="期号", min_value=1, max_value=99999)
    reason = words("作废原因", required=True, longest=200)


class WaiverForm(forms.Form):
    """Why a finding should not stop the text."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput)
    reason = words("理由", required=True)


class FigureRequestForm(forms.Form):
    """Which finding, whom, and the words that the agency reads."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="单位")
    wanted = words("请补报的内容", required=True, longest=300)
    indicator = forms.ModelChoiceField(
        Indicator.objects.all(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, release: Release, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.active().filter(region=release.region)


class ReplyForm(forms.Form):
    """An agency's answer to a request for a figure."""

    reply = words(
        "答复", required=True, help_text="已经补报的，写明在哪张表；没有这项数据的，写明原因。"
    )


class WaiverAnswerForm(forms.Form):
    grants = forms.ChoiceField(choices=[("yes", "同意"), ("no", "不同意")])
    answer = words("意见")


class CopyForm(forms.Form):
    """Where the document stands outside."""

    place = forms.CharField(label="刊载处", max_length=120, help_text="如：市政府网站、某某日报")
    posted_by = forms.CharField(label="刊载单位或人员", max_length=120)
    address = forms.CharField(label="网址或版次", max_length=300, required=False)


class CopyStateForm(forms.Form):
    state = forms.ChoiceField(label="状态", choices=OutsideCopy.State.choices)
    note = forms.CharField(label="说明", max_length=LONGEST, required=False)
    evidence = forms.FileField(label="截图或扫描件", required=False, widget=ClearableFileInput)


class ReasonForm(forms.Form):
    reason = words("理由", required=True)


class NoteForm(VersionForm):
    """The wording of a correction's note."""

    text = forms.CharField(
        label="更正说明", max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
