"""The gate for programs: comment, pass on, return, approve, approve many, reopen."""

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from tracker.review import services as review
from tracker.review.models import Reason
from tracker.submissions.models import Submission

from .acting import DecisionBody, VersionBody, act, done, said
from .once import once
from .submissions import SubmissionSerializer

MOST = 200
LARGEST_ID = 2**63 - 1


class QuestionBody(serializers.Serializer):
    figure = serializers.IntegerField(
        required=False, default=None, allow_null=True,
        help_text="数据编号，即报送详情 figures 中的 id；质询文字时留空",
    )  # fmt: skip
    narrative = serializers.IntegerField(
        required=False, default=None, allow_null=True, help_text="文字编号；质询数据时留空"
    )
    reason = serializers.ChoiceField(Reason.choices, required=False, default=Reason.OTHER)
    text = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)

    def validate(self, attrs):
        if (attrs["figure"] is None) == (attrs["narrative"] is None):
            raise serializers.ValidationError("每条质询写明一项数据或一段文字。")
        return attrs


class ReturnBody(DecisionBody):
    reason = serializers.ChoiceField(Reason.choices, required=False, default="", allow_blank=True)
    questions = QuestionBody(many=True, required=False, default=list)


class ReopenBody(ReturnBody):
    though_published = serializers.BooleanField(
        required=False, default=False, help_text="已写入印发的文稿，仍要重新打开"
    )


class CommentBody(serializers.Serializer):
    text = serializers.CharField(max_length=1000)
    figure = serializers.IntegerField(required=False, default=None, allow_null=True)
    reason = serializers.ChoiceField(Reason.choices, required=False, default="", allow_blank=True)


class ChosenBody(VersionBody):
    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, help_text="报送编号")


class ApproveManyBody(serializers.Serializer):
    submissions = ChosenBody(many=True, allow_empty=False, max_length=MOST)
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


OUTCOMES = inline_serializer(
    "ApprovalOutcome",
    {
        "id": serializers.IntegerField(),
        "approved": serializers.BooleanField(),
        "reason": serializers.CharField(help_text="没有核定的原因"),
        "status": serializers.CharField(),
        "version": serializers.IntegerField(),
    },
    many=True,
)


class Deciding:
    """The acts of those who judge."""

    @act(CommentBody, "comment", url_path="comments")
    def comment(self, request, pk=None):
        """对整份报送或其中一项数据发表意见。"""
        record, body = self.get_object(), said(request, CommentBody)

        def verb():
            figure = record.figures.filter(pk=body["figure"]).first() if body["figure"] else None
            if body["figure"] and figure is None:
                raise serializers.ValidationError({"figure": ["本次报送没有这项数据。"]})
            words = {"figure": figure, "reason": body["reason"]}
            review.comment(record, body["text"], by=request.user, **words)

        return done(request, verb, record.pk)

    @act(DecisionBody, "pass_line", url_path="pass")
    def pass_line(self, request, pk=None):
        """条线审核通过，转给牵头单位。"""
        record, body = self.get_object(), said(request, DecisionBody)
        verb = review.pass_line_review
        return done(request, lambda: verb(record, by=request.user, **body), record.pk)

    @act(DecisionBody, "approve")
    def approve(self, request, pk=None):
        """核定这个版本的全部数据，写入台账。"""
        record, body = self.get_object(), said(request, DecisionBody)
        return done(request, lambda: review.approve(record, by=request.user, **body), record.pk)

    @act(ReturnBody, "return", url_path="return")
    def return_(self, request, pk=None):
        """退回：写明原因，或对有疑问的数据逐项提出，只有这些数据重新开放。"""
        record, body = self.get_object(), said(request, ReturnBody)
        words = asked(body)
        return done(request, lambda: review.return_(record, by=request.user, **words), record.pk)

    @act(ReopenBody, "reopen")
    def reopen(self, request, pk=None):
        """重新打开已核定的报送，台账数据暂停使用，须写明原因；已公布的要说明仍要打开。"""
        record, body = self.get_object(), said(request, ReopenBody)
        words = asked(body)
        return done(request, lambda: review.reopen(record, by=request.user, **words), record.pk)

    @act(ApproveManyBody, "approve_many", OUTCOMES, detail=False, url_path="approve")
    def approve_many(self, request):
        """批量核定，最多200份；各自独立，一份不能核定不影响其他。"""
        body = said(request, ApproveManyBody)

        def answer() -> Response:
            chosen = chosen_of(request.user, body["submissions"])
            outcomes = review.approve_many(chosen, by=request.user, note=body["note"])
            return Response([told(one) for one in outcomes])

        return once(request, answer)


def asked(body: dict) -> dict:
    questions = [review.Question(**one) for one in body["questions"]]
    return {**body, "questions": questions}


def chosen_of(user, items: list[dict]) -> list[tuple[Submission, int]]:
    """The submissions that were named; not found when this person does not see one of them."""
    wanted = {one["id"] for one in items}
    if len(wanted) != len(items):
        raise serializers.ValidationError({"submissions": ["同一份报送列了两次。"]})
    rows = Submission.objects.visible_to(user).select_related("agency__region", "round__cycle")
    known = rows.in_bulk(wanted)
    if missing := wanted - set(known):
        raise NotFound(f"没有找到报送：{'、'.join(map(str, sorted(missing)))}。")
    return [(known[one["id"]], one["version"]) for one in items]


def told(outcome: review.Outcome) -> dict:
    row = SubmissionSerializer(outcome.submission).data
    words = {name: row[name] for name in ("id", "status", "version")}
    return words | {"approved": outcome.approved, "reason": outcome.reason}
