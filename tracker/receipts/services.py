"""Taking a form once: claim its key, then settle it with where the act led."""

from datetime import datetime

from django.db import models

from tracker.receipts.models import Receipt


def claim(user: models.Model, key: str) -> tuple[Receipt, bool]:
    """The receipt of this form and whether it is new; of two at once exactly one gets True."""
    return Receipt.objects.get_or_create(user=user, key=key)


def settle(receipt: Receipt, answer: str | None) -> None:
    """Remember where the act led; without an answer nothing was done and the form may come again."""
    if answer:
        Receipt.objects.filter(pk=receipt.pk).update(answer=answer)
    else:
        Receipt.objects.filter(pk=receipt.pk).delete()


def answered(receipt: Receipt, fingerprint: str, result: dict) -> None:
    """Remember what a program was answered; to be called in the transaction of its act."""
    Receipt.objects.filter(pk=receipt.pk).update(fingerprint=fingerprint, result=result)


def forget(before: datetime) -> int:
    """Drop the receipts from before that moment; how many there were."""
    return Receipt.objects.older_than(before).delete()[0]
