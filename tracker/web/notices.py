"""A person's notices: the list, opening one, marking all read."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracker.notices import services as notices
from tracker.notices.models import Notice
from tracker.web import paging


@require_safe
def notice_list(request):
    rows = Notice.objects.visible_to(request.user)
    only_unread = request.GET.get("only") == "unread"
    page = paging.page(request, rows.unread() if only_unread else rows)
    context = {"page": page, "only_unread": only_unread}
    return render(request, "notices/list.html", context)


@require_POST
def notice_open(request, pk):
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    notices.mark_read(notice, by=request.user)
    return redirect(notice.link)


@require_POST
def notice_read_all(request):
    count = notices.mark_all_read(by=request.user)
    messages.success(request, f"已将 {count} 条通知标为已读。")
    return redirect("notice-list")
