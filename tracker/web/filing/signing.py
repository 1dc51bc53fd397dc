"""Signing: on line, sent back, or recorded from paper."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tracker.submissions import services as verbs
from tracker.web import typed

from .forms import DecisionForm, PaperForm
from .page import found


@require_POST
def submission_sign(request, pk):
    record = found(request.user, pk)
    form = typed.bound(request, DecisionForm)
    if form.is_valid():
        verbs.sign(record, by=request.user, **form.cleaned_data)
        messages.success(request, "已签字。")
    return redirect(record)


@require_POST
def submission_send_back(request, pk):
    record = found(request.user, pk)
    form = typed.bound(request, DecisionForm)
    if form.is_valid():
        try:
            verbs.send_back(record, by=request.user, **form.cleaned_data)
            messages.success(request, "已退回填报员修改。")
        except ValidationError as problem:
            messages.error(request, problem.messages[0])
    return redirect(record)


@require_POST
def submission_paper(request, pk):
    """Record a signature on the printed report with its scan."""
    record = found(request.user, pk)
    form = typed.bound(request, PaperForm)
    if form.is_valid():
        try:
            verbs.record_paper_signature(record, by=request.user, **form.cleaned_data)
            messages.success(request, "已登记纸质签字。")
        except ValidationError as problem:
            messages.error(request, "没有登记：" + problem.messages[0])
    else:
        messages.error(request, "没有登记：请填写签字人姓名并选择扫描件。")
    return redirect(record)
