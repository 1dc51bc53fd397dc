"""Who asks: a person's token, or the session of the browser."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

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
