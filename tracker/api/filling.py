"""Figures and texts from programs, through the verbs of the form."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.exceptions import APIException

from tracker.catalogue.models import Programme, Said
from tracker.ledger.models import PassageKind
from tracker.submissions import services as verbs
from tracker.submissions.drafting import Change, Unreadable, standing_of
from tracker.submissions.models import Submission
from tracker.submissions.owing import owed
from tracker.submissions.workbook.finding import Cells, Wrong
from tracker.submissions.workbook.sheets import TYPED
from tracker.submissions.workbook.wording import words_of
from tracker.workflow import fresh

from .acting import VersionBody, act, done, said

MOST = 5_000


def _text(longest: int, **more) -> serializers.CharField:
    return serializers.CharField(max_length=longest, required=False, allow_blank=True, **more)


class FigureBody(serializers.Serializer):
    """One figure as it would be typed into the form. What is left out stays as it is."""

    indicator = serializers.CharField(max_length=60, help_text="指标编码")
    region = _text(20, default="", help_text="区划代码；本单位填报时可以不写")
    member = _text(60, default="", help_text="分项")
    scope = _text(60, default="", help_text="统计范围，如：本级")
    text = _text(60, help_text="如：1302、7000多、1302万元、21.2%")
    said = serializers.ChoiceField(Said.choices, required=False, help_text="不写按数值")
    na_reason = _text(200, help_text="不适用的原因")
    explanation = _text(300, help_text="情况属实说明")
    cumulative = _text(60, help_text="本年累计，只有去重数填写")
    opening = _text(60, help_text="期初累计")
    as_of_text = _text(40)
    base_text = _text(40)
    start = _text(40)
    start_text = _text(40)
    note = _text(500)


class FiguresBody(VersionBody):
    figures = FigureBody(many=True, allow_empty=False, max_length=MOST)


class NarrativeBody(VersionBody):
    narrative = serializers.IntegerField(
        required=False, default=None, allow_null=True, help_text="修改已有的一段时写它的编号"
    )
    programme = serializers.IntegerField(help_text="项目编号")
    kind = serializers.ChoiceField(PassageKind.choices)
    text = serializers.CharField(max_length=4000)
    speaker = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    question = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class NumbersBody(VersionBody):
    starts = serializers.ListField(
        child=serializers.IntegerField(min_value=0), max_length=500,
        help_text="确认为随文数据的数字在文字中的起点",
    )  # fmt: skip


class Unprocessable(APIException):
    """Everything that is wrong with the items, at once."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY

    def __init__(self, errors: list[dict]):
        super().__init__("")
        self.detail = {"detail": f"有{len(errors)}处错误，没有保存。", "errors": errors}


NARRATIVE = OpenApiParameter("narrative", int, OpenApiParameter.PATH)


class Filling:
    """What reporters fill in."""

    @act(FiguresBody, "figures")
    def figures(self, request, pk=None):
        """填报数据：全部保存，或者一项也不保存；错误逐项列在 errors 中。"""
        record, body = self.get_object(), said(request, FiguresBody)
        verb = lambda: save(fresh(record, body["version"]), body["figures"], request.user)  # noqa: E731
        return done(request, verb, record.pk)

    @act(NarrativeBody, "narrative", url_path="narratives")
    def narrative(self, request, pk=None):
        """保存一段文字材料；文中的数字要另行确认。"""
        record, body = self.get_object(), said(request, NarrativeBody)

        def verb():
            now, words = fresh(record, body["version"]), dict(body)
            text = words["narrative"] and get_object_or_404(now.narratives, pk=words["narrative"])
            programme = get_object_or_404(Programme, pk=words["programme"])
            verbs.save_narrative(
                now, programme, words["kind"], words["text"], by=request.user,
                narrative=text or None, seen=text.version if text else 0,
                speaker=words["speaker"], question=words["question"],
            )  # fmt: skip

        return done(request, verb, record.pk)

    @act(
        NumbersBody, "numbers", parameters=[NARRATIVE],
        url_path=r"narratives/(?P<narrative>\d{1,18})/numbers",
    )  # fmt: skip
    def numbers(self, request, pk=None, narrative=None):
        """确认一段文字中的随文数据。"""
        record, body = self.get_object(), said(request, NumbersBody)

        def verb():
            now = fresh(record, body["version"])
            verbs.confirm_numbers(
                get_object_or_404(now.narratives, pk=narrative), body["starts"], by=request.user
            )

        return done(request, verb, record.pk)

    @act(
        VersionBody, "narrative_remove", parameters=[NARRATIVE],
        url_path=r"narratives/(?P<narrative>\d{1,18})/remove",
    )  # fmt: skip
    def narrative_remove(self, request, pk=None, narrative=None):
        """删除一段文字材料。"""
        record, body = self.get_object(), said(request, VersionBody)

        def verb():
            now = fresh(record, body["version"])
            verbs.remove_narrative(get_object_or_404(now.narratives, pk=narrative), by=request.user)

        return done(request, verb, record.pk)


def save(submission: Submission, items: list[dict], by) -> None:
    """Save the figures; raises Unprocessable with an entry for each item that is wrong."""
    changes, errors = changes_of(submission, items)
    try:
        if changes:
            verbs.save_figures(submission, list(changes), by=by)
    except Unreadable as problem:
        places = {change.place: index for change, index in changes.items()}
        errors += [told(places[at], items, words) for at, words in problem.by_place.items()]
    if errors:
        raise Unprocessable(sorted(errors, key=lambda one: one["index"]))


def changes_of(submission: Submission, items: list[dict]) -> tuple[dict[Change, int], list[dict]]:
    """Change -> the item that asks for it, and what is wrong with the other items."""
    cells, standing = Cells(owed(submission)), standing_of(submission)
    changes: dict[Change, int] = {}
    errors, seen = [], {}
    for index, item in enumerate(items):
        try:
            cell = cells.of(where(item))
        except Wrong as wrong:
            errors.append(told(index, items, wrong.message))
            continue
        place = (cell.indicator.pk, cell.region.pk, item["member"], cell.scope)
        if (first := seen.setdefault(place, index)) != index:
            errors.append(told(index, items, f"与第{first}项是同一项数据"))
            continue
        changes[change_of(place, standing.get(place), item)] = index
    return changes, errors


def where(item: dict) -> dict[str, str]:
    """The item as a row of the workbook names its figure."""
    place = {"code": item["indicator"], "region_code": item["region"]}
    words = {name: item[name] for name in ("scope", "member")}
    return place | words | {"indicator": "", "region": ""}


def change_of(place, figure, item: dict) -> Change:
    words = words_of(figure) | {name: item[name] for name in TYPED if name in item}
    if item.get("text") and "said" not in item:
        words["said"] = Said.VALUE
    words["said"] = words["said"] or Said.VALUE
    indicator, region, member, scope = place
    seen = figure.version if figure else 0
    return Change(indicator, region, member=member, scope=scope, seen=seen, **words)


def told(index: int, items: list[dict], message: str) -> dict:
    item = items[index]
    return {"index": index, "indicator": item["indicator"], "region": item["region"],
            "message": message}  # fmt: skip
