"""Every address of the product."""

from django.urls import include, path

from tracker.web import health

handler404 = "tracker.api.errors.not_found"
handler500 = "tracker.api.errors.broken"
urlpatterns = [
    path("health/", health.show, name="health"),
    path("api/v1/", include("tracker.api.urls")),
    path("", include("tracker.web.urls")),
]
