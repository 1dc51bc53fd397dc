"""What is published: releases, their versions as document trees, and the files of each."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import ReadOnlyModelViewSet

from tracker.releases.files import ENDINGS, file_of, media_type
from tracker.releases.models import Release, Version

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
    """With its latest version; the numbers of all are in `versions`."""

    latest = serializers.SerializerMethodField()
    versions = serializers.SlugRelatedField("number", many=True, read_only=True)

    class Meta(ReleaseSerializer.Meta):
        fields = [*ReleaseSerializer.Meta.fields, "versions", "latest"]

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
        rows = Release.objects.visible_to(self.request.user).select_related("region", "span")
        return rows.prefetch_related("versions") if self.action == "retrieve" else rows

    @extend_schema(
        operation_id="releases_version",
        responses=VersionSerializer,
        parameters=[OpenApiParameter("number", int, OpenApiParameter.PATH)],
    )
    @action(detail=True, url_path=r"versions/(?P<number>\d{1,9})", filterset_class=None)
    def version(self, request, pk=None, number=None):
        """一个版本的文档树和文件地址。"""
        found = get_object_or_404(self.get_object().versions, number=number)
        context = self.get_serializer_context()
        return Response(VersionSerializer(found, context=context).data)

    @extend_schema(
        operation_id="releases_file",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
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
        """一个版本的文件。"""
        release = self.get_object()
        version = get_object_or_404(release.versions, number=number)
        if ending not in ENDINGS:
            raise Http404
        answer = HttpResponse(file_of(version, ending), content_type=media_type(ending))
        name = f"{release.title.replace(chr(10), '')}第{version.number}版.{ending}"
        answer["Content-Disposition"] = content_disposition_header(True, name)
        answer["X-Content-Type-Options"] = "nosniff"
        return answer
