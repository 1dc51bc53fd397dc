"""Addresses of the interface for programs."""

from django.contrib.auth.decorators import login_required
from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from tracker.api import catalogue, desk, disputes, house, ledger, patterns, plans, releases

router = SimpleRouter()
for name, viewset in {
    "lines": catalogue.Lines,
    "programmes": catalogue.Programmes,
    "indicators": catalogue.Indicators,
    "targets": catalogue.Targets,
    "cycles": catalogue.Cycles,
    "rounds": catalogue.Rounds,
    "submissions": desk.Submissions,
    "figures": ledger.Entries,
    "disputes": disputes.Disputes,
    "releases": releases.Releases,
    "house-styles": house.HouseStyles,
    "roster": house.Roster,
    "words": house.Words,
    "patterns": patterns.Patterns,
    "plans": plans.Plans,
    "plan-runs": plans.PlanRuns,
}.items():
    router.register(name, viewset, basename=f"api-{name.removesuffix('s')}")

docs = SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="api/docs.html")
urlpatterns = [
    *router.urls,
    path("schema/", SpectacularJSONAPIView.as_view(), name="api-schema"),
    # The page is for people: a stranger is led to the sign-in, not told 401.
    path("docs/", login_required(docs), name="api-docs"),
]
