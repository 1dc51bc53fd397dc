"""The ladder of reminders: which rungs are on, and after how many working days."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.submissions.chasing.steps import ladder, set_step
from tracker.web import typed
from tracker.web.chase_tabs import tabs
from tracker.web.people.access import only
from tracker.web.shown import both, digest_of, require_seen
from tracker.workdays import knows


class StepForm(forms.Form):
    """One rung; `days` only where it waits for days."""

    active = forms.BooleanField(label="启用", required=False)
    days = forms.IntegerField(label="工作日", min_value=1, max_value=30)

    def __init__(self, *args, step, **kwargs):
        initial = {"active": step.active, "days": step.days}
        super().__init__(*args, initial=initial, prefix=step.kind.value, **kwargs)
        self.step = step
        self.fields["active"].label = f"启用“{step.kind.label}”"
        self.fields["days"].label = f"“{step.kind.label}”的工作日数"
        if step.days is None:
            del self.fields["days"]


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def chase_ladder(request):
    """All rungs on one page, saved together."""
    steps = ladder().values()
    posted = request.method == "POST"
    if posted:
        rungs = [typed.bound(request, StepForm, step=step) for step in steps]
    else:
        rungs = [StepForm(step=step) for step in steps]
    stands = {form.prefix: sorted(form.initial.items()) for form in rungs}
    if posted:
        rows = [row for form in rungs for row in both(form, form.initial)]
        require_seen(request, "催报步骤", stands, rows)
    if posted and not any(form.errors for form in rungs):
        for form in rungs:
            if form.has_changed():
                words = {"days": None} | form.cleaned_data
                set_step(form.step.kind, by=request.user, **words)
        messages.success(request, "催报步骤已保存，从下一次提醒起按新的步骤办。")
        return redirect("chase-ladder")
    year = timezone.localdate().year
    context = {
        "rungs": rungs,
        "unknown": [one for one in (year, year + 1) if not knows(one)],
        "shown": digest_of(stands),
        "bad": any(form.errors for form in rungs),
    } | tabs(request.user)
    return render(request, "chase/ladder.html", context, status=422 if context["bad"] else 200)
