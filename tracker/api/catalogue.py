"""What is owed: lines, programmes, indicators, targets, cycles, rounds."""

from django.db.models import OuterRef, Subquery
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.models import Line
from tracker.catalogue.models import Cycle, Definition, Indicator, Programme, Round, Target

from .fields import Number
from .filters import IndicatorFilter, ProgrammeFilter, RoundFilter, TargetFilter


class LineSerializer(serializers.ModelSerializer):
    class Meta:
        model = Line
        fields = ["code", "name", "order"]


class ProgrammeSerializer(serializers.ModelSerializer):
    line = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Programme
        fields = ["id", "line", "name", "order", "purpose", "protected_name", "active"]


class IndicatorSerializer(serializers.ModelSerializer):
    """`unit` is the base unit of every value; people enter in `entry_unit`."""

    line = serializers.SlugRelatedField("code", read_only=True)
    unit = serializers.SlugRelatedField("name", read_only=True)
    entry_unit = serializers.CharField(read_only=True)
    definition = serializers.CharField(read_only=True, source="last_definition")
    definition_number = serializers.IntegerField(read_only=True, source="last_number")
    aliases = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Indicator
        fields = [
            "id", "code", "line", "programme", "name", "unit", "entry_unit", "decimals", "display",
            "measure", "entry_mode", "verb", "clause", "subject", "definition", "definition_number", "aliases",
            "required", "must_say", "level", "is_open", "wording", "active",
        ]  # fmt: skip


class TargetSerializer(serializers.ModelSerializer):
    indicator = serializers.SlugRelatedField("code", read_only=True)
    region = serializers.SlugRelatedField("code", read_only=True)
    value = Number()
    unit = serializers.CharField(read_only=True, source="indicator.unit.name")

    class Meta:
        model = Target
        fields = ["id", "indicator", "region", "year", "kind", "value", "unit", "basis", "since"]


class CycleSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField("code", read_only=True)
    lines = serializers.SlugRelatedField("code", many=True, read_only=True)

    class Meta:
        model = Cycle
        fields = [
            "id", "name", "region", "frequency", "lines", "opens", "due", "sign_steps",
            "line_review", "filing", "active",
        ]  # fmt: skip


class RoundSerializer(serializers.ModelSerializer):
    cycle_name = serializers.CharField(read_only=True, source="cycle.name")
    span = serializers.SlugRelatedField("key", read_only=True)

    class Meta:
        model = Round
        fields = ["id", "cycle", "cycle_name", "span", "opens_at", "due_at", "state"]


class Lines(ReadOnlyModelViewSet):
    """条线。"""

    queryset = Line.objects.order_by("order", "pk")
    serializer_class = LineSerializer
    lookup_field = "code"


class Programmes(ReadOnlyModelViewSet):
    """项目：本条线的；牵头单位可见全部。"""

    queryset = Programme.objects.none()
    serializer_class = ProgrammeSerializer
    filterset_class = ProgrammeFilter

    def get_queryset(self):
        return Programme.objects.visible_to(self.request.user).select_related("line")


class Indicators(ReadOnlyModelViewSet):
    """指标，附现行口径和计量单位。"""

    queryset = Indicator.objects.none()
    serializer_class = IndicatorSerializer
    filterset_class = IndicatorFilter

    def get_queryset(self):
        last = Definition.objects.filter(indicator=OuterRef("pk")).order_by("-number")
        rows = Indicator.objects.visible_to(self.request.user).select_related("line", "unit")
        return rows.annotate(
            last_definition=Subquery(last.values("text")[:1]),
            last_number=Subquery(last.values("number")[:1]),
        )


class Targets(ReadOnlyModelViewSet):
    """现行年度目标。"""

    queryset = Target.objects.none()
    serializer_class = TargetSerializer
    filterset_class = TargetFilter

    def get_queryset(self):
        rows = Target.objects.visible_to(self.request.user).current()
        return rows.select_related("indicator__unit", "region")


class Cycles(ReadOnlyModelViewSet):
    """填报周期。"""

    queryset = Cycle.objects.none()
    serializer_class = CycleSerializer
    filterset_fields = ["frequency", "active"]

    def get_queryset(self):
        rows = Cycle.objects.visible_to(self.request.user)
        return rows.select_related("region").prefetch_related("lines")


class Rounds(ReadOnlyModelViewSet):
    """期次。"""

    queryset = Round.objects.none()
    serializer_class = RoundSerializer
    filterset_class = RoundFilter

    def get_queryset(self):
        return Round.objects.visible_to(self.request.user).select_related("cycle", "span")
