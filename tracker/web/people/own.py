"""One's own account: profile and password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.models import ApiToken
from tracker.web import typed
from tracker.web.people.forms import OwnPasswordForm, ProfileForm, TokenForm

HANDED = "token_just_made"


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    form = ProfileForm(request.POST or None, initial={"phone": request.user.phone})
    if request.method == "POST" and form.is_valid():
        services.edit_profile(phone=form.cleaned_data["phone"], by=request.user)
        messages.success(request, "个人资料已保存。")
        return redirect("profile")
    posts = request.user.appointments.select_related("agency").prefetch_related("grants")
    context = {
        "form": form,
        "posts": posts.order_by("-starts"),
        "today": timezone.localdate(),
        "tokens": ApiToken.objects.visible_to(request.user).live(),
    }
    return render(request, "accounts/profile.html", context)


def tokens_of(request, form: TokenForm) -> dict:
    """One's tokens for programs; the secret of a new one is shown a single time."""
    return {
        "tokens": ApiToken.objects.visible_to(request.user),
        "form": form,
        "secret": request.session.pop(HANDED, ""),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def token_new(request):
    form = TokenForm()
    if request.method == "POST":
        form = typed.bound(request, TokenForm)
        if form.is_valid():
            _, secret = services.issue_token(**form.cleaned_data, by=request.user)
            request.session[HANDED] = secret
            messages.success(request, "接口令牌已创建，请立即复制保存。")
            return redirect("token-new")
    return render(
        request,
        "accounts/tokens.html",
        tokens_of(request, form),
        status=422 if form.errors else 200,
    )


@require_POST
def token_revoke(request, pk):
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    services.revoke_token(token, by=request.user)
    messages.success(request, f"已撤销“{token}”，用它的程序不能再读取。")
    return redirect("token-new")


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
