"""Tokens for a person's own programs: issue, revoke, recognise."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import ApiToken, User
from accounts.rules import may_issue_token, may_revoke_token, require

BEGINNING = "shiji_"
HINT = len(BEGINNING) + 4
# A row written at every request would make reading as dear as writing.
USE_NOTED_EVERY = timedelta(minutes=5)


@transaction.atomic
def issue_token(*, name: str, days: int, by: User, may_act: bool = False) -> tuple[ApiToken, str]:
    """A token of one's own and its secret, which is kept nowhere; without `may_act` it only reads."""
    require(may_issue_token(by))
    secret = BEGINNING + secrets.token_urlsafe(32)
    now = timezone.now()
    token = ApiToken.objects.create(
        user=by,
        name=name.strip(),
        hint=secret[:HINT],
        digest=digest_of(secret),
        created_at=now,
        expires_at=now + timedelta(days=days),
        may_act=may_act,
    )
    audit.record(by, "token.issue", token, expires_at=token.expires_at, may_act=may_act)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> ApiToken:
    """From now on nobody is let in by it."""
    require(may_revoke_token(by, token))
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    audit.record(by, "token.revoke", token)
    return token


def digest_of(secret: str) -> str:
    """SHA-256: a secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_of(secret: str) -> ApiToken | None:
    """The live token of this secret, with its user; its use is noted.

    None too while its owner still has a password that somebody else chose.
    """
    live = ApiToken.objects.live().filter(user__must_change_password=False)
    token = live.select_related("user").filter(digest=digest_of(secret)).first()
    if token is not None:
        _note_use(token)
    return token


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
