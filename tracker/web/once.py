"""One form, one act: the second copy of a form gets the answer of the first.

A form carries `{% once %}`. An answer that redirects means that the act was done; any other answer
(a form with errors, a refusal) means that nothing was, and the same form may be sent again.
"""

import time

from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from tracker.receipts import services as receipts

LONGEST_KEY = 64
LONGEST_ANSWER = 500
PATIENCE = 5.0
PAUSE = 0.2


def middleware(get_response):
    def answer(request):
        key = request.POST.get("once") if request.method == "POST" else None
        if not key or not request.user.is_authenticated:
            return get_response(request)
        if len(key) > LONGEST_KEY:
            raise BadRequest("表单编号过长")
        receipt, first = claim(request.user, key)
        if not first:
            return replay(request, receipt)
        response = get_response(request)
        receipts.settle(receipt, led_to(response))
        return response

    return answer


def claim(user, key: str):
    """The receipt and whether the form is ours to take, after a little patience with a first copy
    that is still at work: it may answer yet, or give the form back."""
    until = time.monotonic() + PATIENCE
    while True:
        receipt, first = receipts.claim(user, key)
        if first or receipt.answer or time.monotonic() >= until:
            return receipt, first
        time.sleep(PAUSE)


def led_to(response) -> str | None:
    """Where the act led; None when the answer is no redirect."""
    address = response.headers.get("HX-Redirect") or response.headers.get("Location")
    return address[:LONGEST_ANSWER] if address else None


def replay(request, receipt):
    """The first copy's answer once more."""
    if not receipt.answer:
        return render(request, "409.html", {"reason": UNSETTLED}, status=409)
    if request.htmx:
        return HttpResponseClientRedirect(receipt.answer)
    return HttpResponseRedirect(receipt.answer)


UNSETTLED = "这张表单刚才已经提交过，还没有得到结果。请先到列表里核对是否已办成，确实没有办成再重新打开页面提交。"
