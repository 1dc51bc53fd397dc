"""Release plans and the log of their runs. To read."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from tracker.releases.models import PlanRun, ReleasePlan
from tracker.releases.runlog import in_words


class PlanSerializer(serializers.ModelSerializer):
    """`lines`: empty for all of them; `on_missing` is what is done when something is not approved yet."""

    region = serializers.SlugRelatedField("code", read_only=True)
    lines = serializers.SlugRelatedField("code", read_only=True, many=True)

    class Meta:
        model = ReleasePlan
        fields = [
            "id", "name", "genre", "region", "lines", "cycle", "when_complete", "on_missing",
            "required", "active",
        ]  # fmt: skip


class PlanRunSerializer(serializers.ModelSerializer):
    """`missing` names what was not approved when it ran; `words` is the run as its page tells it."""

    span = serializers.SlugRelatedField("key", read_only=True)
    asked_by = serializers.CharField(read_only=True, source="asked_by.name", default="")
    missing = serializers.ListField(child=serializers.CharField(), read_only=True)
    words = serializers.SerializerMethodField()

    class Meta:
        model = PlanRun
        fields = [
            "id", "plan", "span", "cause", "state", "asked_by", "anyway", "waited", "missing", "error",
            "release", "asked_at", "ended_at", "words",
        ]  # fmt: skip

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_words(self, run) -> list[str]:
        return run.words


class Plans(ReadOnlyModelViewSet):
    """汇编计划；牵头单位的主管和编辑可见。"""

    queryset = ReleasePlan.objects.none()
    serializer_class = PlanSerializer
    filterset_fields = ["genre", "active"]

    def get_queryset(self):
        rows = ReleasePlan.objects.visible_to(self.request.user)
        return rows.select_related("region").prefetch_related("lines")


class PlanRuns(ReadOnlyModelViewSet):
    """汇编计划的运行记录，最新的在前；缺什么、怎么处理、生成了哪份文稿、发给了谁。"""

    queryset = PlanRun.objects.none()
    serializer_class = PlanRunSerializer
    filterset_fields = ["plan", "state", "cause"]

    def get_queryset(self):
        rows = PlanRun.objects.visible_to(self.request.user)
        return rows.select_related("plan", "span", "release", "asked_by").order_by("-pk")

    def paginate_queryset(self, queryset):
        return in_words(super().paginate_queryset(queryset))

    def get_object(self):
        [run] = in_words([super().get_object()])
        return run
