"""What is published: releases, their versions as document trees, and the files of each."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
)
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import ReadOnlyModelViewSet

from tracker.releases.files import ENDINGS, file_of, media_type
from tracker.releases.models import Release, Status, Version
from tracker.releases.quoting import unsettled
from tracker.releases.reach import versions_seen

from .acting import CONFLICT
from .filters import ReleaseFilter


class ReleaseSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField("code", read_only=True)
    span = serializers.SlugRelatedField("key", read_only=True)

    class Meta:
        model = Release
        fields = [
            "id", "genre", "title", "region", "span", "status", "version", "compiled_at",
            "issued_at",
        ]  # fmt: skip


class VersionSerializer(serializers.ModelSerializer):
    """`tree` is the document as a tree of blocks; `files` maps each ending to its address."""

    tree = serializers.JSONField(read_only=True)
    files = serializers.SerializerMethodField()

    class Meta:
        model = Version
        fields = ["number", "kind", "digest", "at", "tree", "files"]

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_files(self, version) -> dict:
        return {
            ending: reverse(
                "api-release-file",
                args=[version.release_id, version.number, ending],
                request=self.context.get("request"),
            )
            for ending in ENDINGS
        }


class WholeReleaseSerializer(ReleaseSerializer):
    """With its latest version; the numbers of all that may be read are in `versions`.

    `outdated` says what it quotes and no longer stands; `corrected_by` is the document to be used instead.
    """

    latest = serializers.SerializerMethodField()
    versions = serializers.SerializerMethodField()
    outdated = serializers.SerializerMethodField()
    corrected_by = serializers.SerializerMethodField()

    class Meta(ReleaseSerializer.Meta):
        fields = [
            *ReleaseSerializer.Meta.fields, "versions", "outdated", "corrected_by", "latest",
        ]  # fmt: skip

    @extend_schema_field({"type": "array", "items": {"type": "integer"}})
    def get_versions(self, release) -> list[int]:
        seen = versions_seen(self.context["request"].user, release)
        return list(seen.order_by("number").values_list("number", flat=True))

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_outdated(self, release) -> list[str]:
        return unsettled(release.versions.order_by("number").last())

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_corrected_by(self, release) -> int | None:
        made = release.corrections.filter(status=Status.ISSUED)
        return made.values_list("pk", flat=True).first()

    @extend_schema_field(VersionSerializer)
    def get_latest(self, release) -> dict:
        last = release.versions.order_by("number").last()
        return VersionSerializer(last, context=self.context).data if last else None


class Releases(ReadOnlyModelViewSet):
    """文稿：草稿限牵头单位，已印发的所辖地区各单位可见。"""

    queryset = Release.objects.none()
    filterset_class = ReleaseFilter

    def get_serializer_class(self):
        return WholeReleaseSerializer if self.action == "retrieve" else ReleaseSerializer

    def get_queryset(self):
        return Release.objects.visible_to(self.request.user).select_related("region", "span")

    def seen(self, number) -> Version:
        """The version of that number, as far as this person reads it."""
        return get_object_or_404(versions_seen(self.request.user, self.get_object()), number=number)

    @extend_schema(
        operation_id="releases_version",
        responses=VersionSerializer,
        parameters=[OpenApiParameter("number", int, OpenApiParameter.PATH)],
    )
    @action(detail=True, url_path=r"versions/(?P<number>\d{1,9})", filterset_class=None)
    def version(self, request, pk=None, number=None):
        """一个版本的文档结构和文件地址。"""
        found = self.seen(number)
        context = self.get_serializer_context()
        return Response(VersionSerializer(found, context=context).data)

    @extend_schema(
        operation_id="releases_file",
        responses={(200, media_type(ending)): OpenApiTypes.BINARY for ending in ENDINGS}
        | {409: OpenApiResponse(CONFLICT, description="文件与签发时的不一致")},
        parameters=[
            OpenApiParameter("number", int, OpenApiParameter.PATH),
            OpenApiParameter("ending", str, OpenApiParameter.PATH, enum=list(ENDINGS)),
        ],
    )
    @action(
        detail=True,
        url_path=r"versions/(?P<number>\d{1,9})/files/(?P<ending>[a-z]{2,5})",
        filterset_class=None,
    )
    def file(self, request, pk=None, number=None, ending=None):
        """一个版本的文件；引用的内容在印发后有变化的，应答头 X-Document-Outdated 为 1。"""
        version = self.seen(number)
        release = version.release
        if ending not in ENDINGS:
            raise Http404
        answer = HttpResponse(file_of(version, ending), content_type=media_type(ending))
        name = f"{release.title.replace(chr(10), '')}第{version.number}版.{ending}"
        answer["Content-Disposition"] = content_disposition_header(True, name)
        answer["X-Content-Type-Options"] = "nosniff"
        if release.status == Status.ISSUED and unsettled(version):
            answer["X-Document-Outdated"] = "1"
        return answer
