"""What the lists of people can be narrowed by."""

from django.db.models import Q
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from accounts.acts import acts_named
from accounts.models import Agency, AuditEntry, Kind, Region, RoleGrant, User
from tracker.web.inputs import Day

STATES = [("pending", "待确认"), ("standing", "已确认"), ("revoked", "已撤销")]


def words(*columns: str):
    """A method that looks for the words in any of these columns."""

    def narrow(queryset, name, value):
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__icontains": value})
        return queryset.filter(found)

    return narrow


class UserFilter(FilterSet):
    q = CharFilter(label="姓名或用户名", method=words("name", "username"))
    agency = CharFilter(label="机构", method="at_agency")
    kind = ChoiceFilter(label="类别", choices=Kind.choices)
    is_active = ChoiceFilter(label="状态", choices=[("1", "启用"), ("0", "停用")])

    class Meta:
        model = User
        fields = ["q", "agency", "kind", "is_active"]

    def at_agency(self, queryset, name, value):
        agencies = Agency.objects.filter(name__icontains=value)
        return queryset.filter(appointments__agency__in=agencies).distinct()


class AgencyFilter(FilterSet):
    q = CharFilter(label="名称", method=words("name", "short_name", "names__name"))
    region = CharFilter(label="区划名称或代码", method=words("region__name", "region__code"))
    active = ChoiceFilter(label="状态", choices=[("1", "在用"), ("0", "停用")])

    class Meta:
        model = Agency
        fields = ["q", "line", "region", "active"]

    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset).distinct()


class RegionFilter(FilterSet):
    q = CharFilter(label="名称或代码", method=words("name", "code"))

    class Meta:
        model = Region
        fields = ["q", "level", "kind"]


class GrantFilter(FilterSet):
    q = CharFilter(label="姓名", field_name="appointment__user__name", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=STATES, method="in_state")

    class Meta:
        model = RoleGrant
        fields = ["q", "role", "state"]

    def in_state(self, queryset, name, value):
        return getattr(queryset, value)()


class AuditFilter(FilterSet):
    actor = CharFilter(label="操作人", field_name="actor_name", lookup_expr="icontains")
    act = CharFilter(label="操作", method="of_act")
    target = CharFilter(label="对象", field_name="target_label", lookup_expr="icontains")
    since = DateFilter(label="自", field_name="at", lookup_expr="date__gte", widget=Day())
    until = DateFilter(label="至", field_name="at", lookup_expr="date__lte", widget=Day())

    class Meta:
        model = AuditEntry
        fields = ["actor", "act", "target", "outcome", "since", "until"]

    def of_act(self, queryset, name, value):
        return queryset.filter(act__in=acts_named(value))
