"""How a city's documents look: its house style in versions, its roster, its dictionaries. To read."""

from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from tracker.catalogue.models import CityWord
from tracker.releases.models import HouseStyle, RosterPerson


class HouseStyleSerializer(serializers.ModelSerializer):
    """`content` holds what the city has set; what it lacks is the product's own."""

    region = serializers.SlugRelatedField("code", read_only=True)
    by = serializers.CharField(read_only=True, source="by.name")

    class Meta:
        model = HouseStyle
        fields = ["id", "region", "number", "content", "note", "by", "at"]


class RosterSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField("code", read_only=True)
    place = serializers.CharField(read_only=True)

    class Meta:
        model = RosterPerson
        fields = [
            "id", "region", "part", "agency", "place", "name", "post", "order", "starts", "ends",
            "version",
        ]  # fmt: skip


class WordSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = CityWord
        fields = [
            "id", "region", "kind", "words", "instead", "note", "valid_from", "valid_to", "version",
        ]  # fmt: skip


class HouseStyles(ReadOnlyModelViewSet):
    """行文规范各版，最新的在前；牵头单位和审计可见。"""

    queryset = HouseStyle.objects.none()
    serializer_class = HouseStyleSerializer

    def get_queryset(self):
        rows = HouseStyle.objects.visible_to(self.request.user)
        return rows.select_related("region", "by").order_by("-number", "region")


class Roster(ReadOnlyModelViewSet):
    """名册：没有账号的发布人、主持人、呈报的领导，附任期。"""

    queryset = RosterPerson.objects.none()
    serializer_class = RosterSerializer
    filterset_fields = ["part"]

    def get_queryset(self):
        rows = RosterPerson.objects.visible_to(self.request.user).active()
        return rows.select_related("region", "agency")


class Words(ReadOnlyModelViewSet):
    """词典：保护名称、规范用语、机构名称、错敏词、固定表述，附有效期。"""

    queryset = CityWord.objects.none()
    serializer_class = WordSerializer
    filterset_fields = ["kind"]

    def get_queryset(self):
        return CityWord.objects.visible_to(self.request.user).active().select_related("region")
