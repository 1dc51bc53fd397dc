"""What lists can be narrowed by; a record that the person may not see is no choice either."""

from django_filters import rest_framework as filters

from accounts.models import Agency, Line, Region
from tracker.catalogue.models import Cycle, Indicator, Programme, Round, Target
from tracker.ledger.models import Entry
from tracker.releases.models import PatternVersion, Release
from tracker.submissions.models import Status, Submission


def seen(model):
    """The choices of a filter: what the asking person may see of the model."""

    def rows(request):
        return model.objects.visible_to(request.user) if request else model.objects.none()

    return rows


def regions(request):
    return Region.objects.all()


class One(filters.ModelChoiceFilter):
    """One record by its code (or by another of its columns)."""

    def __init__(self, queryset, by: str = "code", **kwargs):
        super().__init__(queryset=queryset, to_field_name=by, **kwargs)


class ProgrammeFilter(filters.FilterSet):
    line = One(Line.objects.all(), label="条线代号")

    class Meta:
        model = Programme
        fields = ["line", "active"]


class IndicatorFilter(filters.FilterSet):
    line = One(Line.objects.all(), label="条线代号")
    programme = One(seen(Programme), by="id", label="项目编号")
    name = filters.CharFilter(lookup_expr="icontains", label="名称中含有")

    class Meta:
        model = Indicator
        fields = ["line", "programme", "name", "measure", "active"]


class TargetFilter(filters.FilterSet):
    indicator = One(seen(Indicator), label="指标编码")
    region = One(regions, label="区划代码")

    class Meta:
        model = Target
        fields = ["indicator", "region", "year"]


class RoundFilter(filters.FilterSet):
    cycle = One(seen(Cycle), by="id", label="周期编号")
    span = filters.CharFilter(field_name="span__key", label="期间，如2020-12")

    class Meta:
        model = Round
        fields = ["cycle", "span", "state"]


class SubmissionFilter(filters.FilterSet):
    round = One(seen(Round), by="id", label="期次编号")
    agency = One(seen(Agency), by="id", label="机构编号")
    span = filters.CharFilter(field_name="round__span__key", label="期间，如2020-12")
    status = filters.ChoiceFilter(choices=Status.choices, label="状态")

    class Meta:
        model = Submission
        fields = ["round", "agency", "span", "status"]


class EntryFilter(filters.FilterSet):
    indicator = One(seen(Indicator), label="指标编码")
    line = One(Line.objects.all(), field_name="indicator__line", label="条线代号")
    programme = One(seen(Programme), by="id", field_name="indicator__programme", label="项目编号")
    region = One(regions, label="区划代码")
    agency = One(seen(Agency), by="id", label="机构编号")
    span = filters.CharFilter(field_name="span__key", label="期间，如2020-12")

    class Meta:
        model = Entry
        fields = ["indicator", "line", "programme", "region", "agency", "span", "nature"]


class ReleaseFilter(filters.FilterSet):
    region = One(regions, label="区划代码")
    span = filters.CharFilter(field_name="span__key", label="期间，如2020-12")

    class Meta:
        model = Release
        fields = ["region", "span", "genre", "status"]


class PatternFilter(filters.FilterSet):
    programme = One(seen(Programme), by="id", label="项目编号")
    indicator = One(seen(Indicator), label="指标编码")
    standing = filters.BooleanFilter(label="只看现行的", method="standing_only")

    class Meta:
        model = PatternVersion
        fields = ["programme", "indicator"]

    def standing_only(self, queryset, name, value):
        return queryset.standing() if value else queryset
