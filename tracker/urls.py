"""Every address of the product."""

from django.urls import include, path

from tracker.web import health

urlpatterns = [
    path("health/", health.show, name="health"),
    path("", include("tracker.web.urls")),
]
