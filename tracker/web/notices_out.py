"""The ways out of the product: channels, quiet hours, what was sent, and one's own addresses."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from accounts.models import Agency
from accounts.rules import Refused
from tracker.notices import channels as verbs
from tracker.notices.models import Channel, Contact, Delivery, State
from tracker.notices.outgoing import manner
from tracker.web import lists, typed
from tracker.web.chase_tabs import tabs
from tracker.web.notices_forms import ChannelForm, ContactForm, MannerForm
from tracker.web.people.access import only

KEEPERS = ("system_admin", "reviewer")
SORTS = {"created": ("created",), "state": ("state",), "channel": ("channel__name",)}


@require_safe
@only(*KEEPERS)
def channel_list(request):
    count = Count("deliveries", filter=Q(deliveries__state=State.FAILED))
    rows = Channel.objects.select_related("agency").annotate(failed=count)
    context = {"channels": rows, "manner": manner()}
    return render(request, "notices/channels.html", context | tabs(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@only(*KEEPERS)
def channel_edit(request, pk=None):
    """A channel, new or known."""
    row = get_object_or_404(Channel, pk=pk) if pk else None
    given = {"channel": row, "agencies": Agency.objects.visible_to(request.user).active()}
    form = ChannelForm(**given)
    if request.method == "POST":
        form = typed.bound(request, ChannelForm, **given)
        if form.is_valid() and (kept := channel_kept(request, row, form)):
            messages.success(request, f"已保存渠道“{kept}”。")
            return redirect("channel-list")
    context = {"form": form, "channel": row}
    return render(
        request,
        "notices/channel.html",
        context | tabs(request.user),
        status=422 if form.errors else 200,
    )


def channel_kept(request, row: Channel | None, form: ChannelForm) -> Channel | None:
    """The channel as saved; None when it cannot be, which the form then says."""
    words = dict(form.cleaned_data)
    service = row.service if row else words["service"]
    others = Channel.objects.exclude(pk=row and row.pk)
    if others.filter(name=words["name"]).exists():
        form.add_error("name", "已有这个名称的渠道。")
    elif service == "mail" and others.filter(service="mail").exists():
        form.add_error("service" if not row else None, "邮件渠道已经有了，修改原来的即可。")
    else:
        with typed.said_on(form, Refused):
            return verbs.save_channel(row, by=request.user, **words | {"service": service})
    return None


@require_POST
@only(*KEEPERS)
def channel_try(request, pk):
    """A test message, at once."""
    row = get_object_or_404(Channel, pk=pk)
    why = verbs.try_channel(row, by=request.user)
    if why:
        messages.error(request, f"“{row}”没有发出：{why}")
    else:
        messages.success(request, f"“{row}”已接收测试消息。")
    return redirect("channel-list")


@require_http_methods(["GET", "HEAD", "POST"])
@only(*KEEPERS)
def notice_manner(request):
    """Quiet hours, and how long things are gathered."""
    how = manner()
    fields = ("quiet_from", "quiet_until", "gather_minutes")
    stands = {name: getattr(how, name) for name in fields}
    form = MannerForm(record="免打扰时间", stands=stands)
    if request.method == "POST":
        form = typed.bound(request, MannerForm, record="免打扰时间", stands=stands)
        if form.is_valid():
            verbs.set_manner(by=request.user, **form.cleaned_data)
            messages.success(request, "发送方式已保存。")
            return redirect("channel-list")
    return render(
        request,
        "notices/manner.html",
        {"form": form} | tabs(request.user),
        status=422 if form.errors else 200,
    )


class DeliveryFilter(FilterSet):
    state = ChoiceFilter(label="状态", choices=State.choices)
    channel = ModelChoiceFilter(label="渠道", queryset=Channel.objects.all())

    class Meta:
        model = Delivery
        fields = ["state", "channel"]

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(QueryDict() if data is None else data, *args, **kwargs)


@require_safe
@only(*KEEPERS)
def delivery_list(request):
    """What was sent, what waits, and what did not arrive, with the reason."""
    rows = Delivery.objects.select_related("channel__agency", "person")
    listing = lists.listing(request, rows, sorts=SORTS, sort="-created", filters=DeliveryFilter)
    return render(request, "notices/deliveries.html", {"listing": listing} | tabs(request.user))


@require_POST
@only(*KEEPERS)
def delivery_again(request, pk):
    verbs.send_again(get_object_or_404(Delivery, pk=pk), by=request.user)
    messages.success(request, "已重新排队发送。")
    return redirect("delivery-list")


@require_http_methods(["GET", "HEAD", "POST"])
def profile_contact(request):
    """Where one wants to be told oneself, besides the page."""
    row = Contact.objects.filter(user=request.user).first() or Contact()
    fields = ("email", "by_mail", "mobile", "mention")
    form = ContactForm(initial={name: getattr(row, name) for name in fields})
    if request.method == "POST":
        form = typed.bound(request, ContactForm)
        if form.is_valid():
            verbs.set_contact(by=request.user, **form.cleaned_data)
            messages.success(request, "通知方式已保存。")
            return redirect("profile")
    channels = Channel.objects.active().values_list("service", flat=True)
    context = {"form": form, "mail": "mail" in channels}
    return render(request, "notices/contact.html", context, status=422 if form.errors else 200)
