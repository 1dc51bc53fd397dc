"""Who asks: a person's token, or the session of the browser."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission

from accounts.models import ApiToken
from accounts.services.tokens import token_of

KEYWORD = "Token"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token shiji_…`"""

    def authenticate(self, request):
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != KEYWORD.lower().encode():
            return None
        if len(parts) != 2:
            raise AuthenticationFailed("请求头应为“Authorization: Token 令牌”。")
        token = token_of(parts[1].decode("latin-1"))
        if token is None:
            raise AuthenticationFailed("令牌无效、已到期或已撤销。")
        return token.user, token

    def authenticate_header(self, request):
        return KEYWORD


class TokenMayAct(BasePermission):
    """A token that was made for reading changes nothing, whoever its owner is."""

    message = "这个令牌只能读取。需要填报或办理，请在“个人资料”中另建一个“允许填报和办理”的令牌。"

    def has_permission(self, request, view):
        # What an address does not take at all is told so to everybody.
        acts = request.method not in SAFE_METHODS and getattr(view, "action", True)
        return not (acts and isinstance(request.auth, ApiToken) and not request.auth.may_act)


class TokenScheme(OpenApiAuthenticationExtension):
    """How the document of the interface describes it."""

    target_class = TokenAuthentication
    name = "接口令牌"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "在“个人资料”中创建令牌，请求头写“Token 令牌”。",
        }
