"""The interface for programs and its description."""

from .environment import env

REST_FRAMEWORK = {
    # The token stands first: its scheme is what a stranger is told with 401.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tracker.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "tracker.api.authentication.TokenMayAct",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "tracker.api.paging.Pages",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env("SHIJI_API_RATE_ANON", default="60/min"),
        "user": env("SHIJI_API_RATE", default="600/min"),
    },
    "EXCEPTION_HANDLER": "tracker.api.errors.answer",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "实绩",
    "DESCRIPTION": "目录、报送、已核定数据和发布材料；填报、审签、核定与页面走同一道关。",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "tracker.api.document.with_refusals",
    ],
    "ENUM_NAME_OVERRIDES": {
        "SubmissionStatusEnum": "tracker.submissions.models.Status",
        "ReleaseStatusEnum": "tracker.releases.models.Status",
        "SaidEnum": "tracker.catalogue.models.Said",
        "EntryModeEnum": "tracker.catalogue.models.EntryMode",
        "PassageKindEnum": "tracker.ledger.models.PassageKind",
        "TargetKindEnum": "tracker.catalogue.models.Target.Kind",
        "VersionKindEnum": "tracker.releases.models.Version.Kind",
    },
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
