"""Forms that take a file, and the one that confirms its preview."""

from collections.abc import Sequence

from django import forms

from tracker.workbooks.gates import ENDINGS, MAX_BYTES

REFUSALS = {"empty": "文件是空的，请检查后重新上传。", "required": "请选择文件。"}
FIRST_SHOWN = "先预览，确认后才写入"


def file_field(label: str, then: str, endings: Sequence[str], most: int = MAX_BYTES) -> forms.Field:
    """A field for a file with one of these endings, of `most` bytes; `then` says what becomes of it."""
    *others, last = endings
    known = f"{'、'.join(others)} 或 {last}" if others else last
    return forms.FileField(
        label=label,
        help_text=f"{known}，不超过 {most // 2**20} MB；{then}",
        widget=forms.FileInput(attrs={"accept": ",".join(endings)}),
        error_messages=REFUSALS,
    )


class WorkbookForm(forms.Form):
    file = file_field("工作簿", FIRST_SHOWN, ENDINGS)


class SheetForm(forms.Form):
    """One sheet, which may be a .csv as well."""

    file = file_field("文件", FIRST_SHOWN, (*ENDINGS, ".csv"))


class SeenForm(forms.Form):
    """What a person had before their eyes when they confirmed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
