"""One-time passwords for all who came by a list, as slips that are printed once."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.models import Appointment, User
from accounts.passwords import GOOD_FOR
from tracker.web import typed
from tracker.web.people.access import only

HANDED = "slips_just_made"


@require_http_methods(["GET", "HEAD", "POST"])
@only("system_admin")
def user_slips(request):
    """Who waits for a password; after the act the slips, a single time."""
    if request.method == "POST":
        return issued(request)
    slips = request.session.pop(HANDED, [])
    people = {user.pk: user for user in with_posts(User.objects.filter(pk__in=dict(slips)))}
    context = {
        "slips": [(people[pk], password) for pk, password in slips if pk in people],
        "waiting": with_posts(services.without_password(request.user)),
        "good_until": timezone.localdate() + GOOD_FOR,
        "address": request.build_absolute_uri("/"),
    }
    answer = render(request, "accounts/slips.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def issued(request):
    chosen = [typed.number(pk) for pk in request.POST.getlist("user")]
    rows = services.without_password(request.user)
    users = list(rows.filter(pk__in=[pk for pk in chosen if pk]))
    if not users or len(users) < len(set(chosen)):
        messages.error(request, "没有生成：请勾选还没有密码的人员。")
        return redirect("user-slips")
    made = services.issue_passwords(users, by=request.user)
    request.session[HANDED] = [(user.pk, password) for user, password in made]
    messages.success(request, f"已为{len(made)}人生成一次性密码，只显示这一次，请立即打印。")
    return redirect("user-slips")


def with_posts(users):
    posts = Appointment.objects.current(timezone.localdate()).select_related("agency")
    return list(users.prefetch_related(Prefetch("appointments", posts, to_attr="posts")))
