"""Posts and the roles that come with them: begin, end, hand over."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.models import Appointment, User
from tracker.submissions.handing import follow, open_work, roles_of
from tracker.web import typed
from tracker.web.people.access import only
from tracker.web.people.forms import AppointmentForm, EndForm, HandOverForm, ProposeForm
from tracker.web.people.users import seen, shown


@require_POST
@only("system_admin", "reviewer")
def appointment_new(request, pk):
    account = seen(request, pk)
    form = typed.bound(request, AppointmentForm, account=account, by=request.user)
    if not form.is_valid():
        return shown(request, account, appointment_form=form)
    services.appoint_with_roles(account, **form.cleaned_data, by=request.user)
    messages.success(request, "任职已登记，角色由安全管理员确认后生效。")
    return redirect("user-page", pk)


def post_of(request, pk) -> Appointment:
    people = User.objects.visible_to(request.user)
    posts = Appointment.objects.filter(user__in=people).select_related("user", "agency")
    return get_object_or_404(posts, pk=pk)


@require_POST
@only("system_admin", "reviewer")
def appointment_end(request, pk):
    post = post_of(request, pk)
    form = typed.bound(request, EndForm)
    if form.is_valid():
        services.end_appointment(post, **form.cleaned_data, by=request.user)
        messages.success(request, f"已登记{post}任职到期日。")
    else:
        messages.error(request, "日期不正确，任职没有改动。")
    return redirect("user-page", post.user_id)


@require_POST
@only("system_admin", "reviewer")
def role_propose(request, pk):
    post = post_of(request, pk)
    form = typed.bound(request, ProposeForm, kind=post.user.kind)
    if form.is_valid():
        services.propose_role(post, **form.cleaned_data, by=request.user)
        messages.success(request, "角色已提请，安全管理员确认后生效。")
    else:
        messages.error(request, "请从列表中选择角色。")
    return redirect("user-page", post.user_id)


@require_http_methods(["GET", "HEAD", "POST"])
@only("system_admin", "reviewer")
def hand_over(request, pk):
    giver = post_of(request, pk)
    known = {"giver": giver, "by": request.user}
    posted = request.method == "POST"
    form = typed.bound(request, HandOverForm, **known) if posted else HandOverForm(**known)
    if posted and form.is_valid():
        handed = services.hand_over(giver, **form.cleaned_data, by=request.user)
        follow(handed, by=request.user)
        messages.success(request, "交接已登记，接收人的角色由安全管理员确认后生效。")
        return redirect("user-page", handed.taker.user_id)
    waiting = open_work(giver, roles_of(giver))
    context = {"form": form, "giver": giver, "waiting": waiting}
    return render(request, "accounts/hand_over.html", context)
