"""What the document of the interface says of every address: how it answers when it does not answer.

A program that is written from the document alone has to know the refusals too.
"""

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

TROUBLE = {
    "type": "object",
    "properties": {"detail": {"type": "string", "description": "原因"}},
    "required": ["detail"],
}
MISTAKES = {
    "type": "object",
    "description": "字段名 -> 这个字段的问题；整个请求读不出来时为 detail",
    "additionalProperties": {},
}
WORDS = {
    "400": "请求不合格式",
    "401": "没有令牌，或令牌无效、已到期、已撤销",
    "403": "令牌只能读取",
    "404": "没有，或者无权查看",
}

# Of an act that is refused, and of one that is wrong: beside the reason what else is known.
CONFLICT_FIELDS = {
    "detail": serializers.CharField(),
    "version": serializers.IntegerField(required=False, help_text="现在的版本"),
}
FAULT = inline_serializer(
    "FaultOfAnItem",
    {
        "index": serializers.IntegerField(help_text="第几项，从0起"),
        "indicator": serializers.CharField(),
        "region": serializers.CharField(),
        "message": serializers.CharField(),
    },
    many=True,
    required=False,
)


def with_refusals(result, generator, request, public):
    """Hook: the refusals that any address may answer with, where it does not describe them itself."""
    result["components"]["schemas"] |= {"Trouble": TROUBLE, "Mistakes": MISTAKES}
    for methods in result["paths"].values():
        for method, operation in methods.items():
            for status in refusals_of(method, operation):
                operation["responses"].setdefault(status, refusal(status))
    return result


def refusals_of(method: str, operation: dict) -> list[str]:
    asked = any(one["in"] == "query" for one in operation.get("parameters", ()))
    wrong = ["400"] if method == "post" or asked else []
    return [*wrong, "401", "404", *(["403"] if method == "post" else [])]


def refusal(status: str) -> dict:
    name = "Mistakes" if status == "400" else "Trouble"
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    return {"content": content, "description": WORDS[status]}
