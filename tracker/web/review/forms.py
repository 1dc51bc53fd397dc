"""What reviewers type."""

from django import forms

from tracker.review.models import Reason

REASONS = [("", "选择原因"), *Reason.choices]


class DecisionForm(forms.Form):
    """The version that was seen, and words about the whole submission."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label="意见", max_length=500, required=False)
    reason = forms.ChoiceField(label="原因", choices=REASONS, required=False)
    though_published = forms.BooleanField(label="已公布，仍要重新打开", required=False)


class QuestionForm(forms.Form):
    """A question about one figure; the reason is from the list, words are free."""

    # Most of these stand folded and empty on the page, and must not keep it from being sent.
    use_required_attribute = False

    reason = forms.ChoiceField(
        label="质询原因", choices=REASONS, error_messages={"required": "请选择质询的原因。"}
    )
    text = forms.CharField(label="质询说明", max_length=500, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("text"):
            self.add_error("text", "原因选“其他”时请写明问题。")
        return cleaned


class CommentForm(forms.Form):
    """Something said about a figure (named by its id) or about the whole."""

    figure = forms.IntegerField(required=False, widget=forms.HiddenInput)
    say = forms.CharField(
        label="留言", max_length=500, error_messages={"required": "请写明意见内容。"}
    )


class ManyForm(forms.Form):
    """The words that go with a bulk approval."""

    note = forms.CharField(label="核定意见", max_length=500, required=False)
