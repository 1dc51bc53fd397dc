"""The first address: the desk of the person's role."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tracker.web import navigation


@require_safe
def home(request):
    links = navigation.links(request.user, "/")
    return redirect(links[0].url) if links else render(request, "home.html")
