"""One key, one act: a request that comes again with its key gets the answer of the first.

The key is claimed, the act done and its answer kept in one transaction: a crash in between leaves
neither an act without its receipt nor a receipt without its act.
"""

import hashlib
import json
from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.receipts import services as receipts

HEADER = "Idempotency-Key"
LONGEST = 200
OTHER = "这个幂等键已用于另一个请求，请为新的请求换一个键。"
UNSETTLED = "同一个请求正在办理，请稍候再试。"


def once(request: Request, act: Callable[[], Response]) -> Response:
    """The act's answer; the kept one where this person's program sent the key before."""
    key = request.headers.get(HEADER, "")
    if not key:
        with transaction.atomic():
            return act()
    if len(key) > LONGEST:
        raise ValidationError({"detail": f"{HEADER}不能超过{LONGEST}个字符。"})
    print_of = fingerprint(request)
    with transaction.atomic():
        receipt, first = receipts.claim(request.user, hashlib.sha256(key.encode()).hexdigest())
        if not first:
            return again(receipt, print_of)
        answer = act()
        if status.is_success(answer.status_code):
            kept = {"status": answer.status_code, "data": answer.data}
            receipts.answered(receipt, print_of, kept)
        else:
            # Nothing was done: the same key may come again with the same request put right.
            receipts.settle(receipt, None)
    return answer


def again(receipt, print_of: str) -> Response:
    if receipt.fingerprint != print_of:
        return Response({"detail": OTHER}, status=status.HTTP_422_UNPROCESSABLE_ENTITY)
    if receipt.result is None:
        return Response({"detail": UNSETTLED}, status=status.HTTP_409_CONFLICT)
    kept = receipt.result
    return Response(kept["data"], status=kept["status"], headers={"Idempotency-Replayed": "true"})


def fingerprint(request: Request) -> str:
    """SHA-256 of what is asked: method, address and content."""
    said = request.data
    content = dict(said.lists()) if hasattr(said, "lists") else said
    words = json.dumps([request.method, request.path, content], default=digest_of, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def digest_of(file: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()
