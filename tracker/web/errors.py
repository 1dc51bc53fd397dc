"""Answers for what went wrong outside any desk."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form without its token: mostly a page left open overnight, or cookies switched off."""
    return render(request, "403_form.html", status=403)


def too_many(request, minutes: int | None = None):
    """Asked too often; `minutes` until it is worth trying again, when known."""
    wait = f"请过 {minutes} 分钟再试" if minutes else "请稍候再试"
    text = f"短时间内请求过多，{wait}。已保存的内容不受影响。"
    answer = render(request, "429.html", {"text": text}, status=429)
    answer["Retry-After"] = str(60 * (minutes or 1))
    return answer


def unavailable(request):
    """Closed for maintenance."""
    answer = render(request, "503.html", status=503)
    answer["Retry-After"] = "120"
    return answer


def spoken(get_response):
    """Middleware: the address of a form, opened as a page, says so instead of staying blank."""

    def answer(request):
        response = get_response(request)
        if response.status_code != 405 or response.content or request.method != "GET":
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return answer
