"""One's own account: profile and password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import services
from tracker.web.people.forms import OwnPasswordForm, ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    form = ProfileForm(request.POST or None, initial={"phone": request.user.phone})
    if request.method == "POST" and form.is_valid():
        services.edit_profile(phone=form.cleaned_data["phone"], by=request.user)
        messages.success(request, "个人资料已保存。")
        return redirect("profile")
    posts = request.user.appointments.select_related("agency").prefetch_related("grants")
    context = {"form": form, "posts": posts.order_by("-starts"), "today": timezone.localdate()}
    return render(request, "accounts/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def change_password(request):
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.change_own_password(form.cleaned_data["new_password1"], by=request.user)
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已修改，其他设备上的登录已退出。")
        return redirect("home")
    return render(request, "accounts/change_password.html", {"form": form})
