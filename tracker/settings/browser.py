"""What the browser is told: names of the site, content security, cookies."""

import socket

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from .environment import PRODUCTION, env

ALLOWED_HOSTS = env.list(
    "SHIJI_HOSTS",
    default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", socket.gethostname()],
)
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set SHIJI_HOSTS to the names under which the site is reached.")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The icons of the interface's style sheet are data addresses.
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# The monitor on the machine itself asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
if env.bool("SHIJI_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# W021: whether browsers ship the name with HSTS is the owner's decision, and hard to take back.
# axes.W006: failures of one name are added up over all addresses and browsers, so rotating them
# wins nothing; a test shows it.
SILENCED_SYSTEM_CHECKS = ["security.W021", "axes.W006"]
