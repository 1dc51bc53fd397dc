"""Whoever was given a password chooses their own before anything else."""

from django.shortcuts import redirect

OPEN = {"change-password", "sign-out", "sign-in"}


class OwnPasswordFirst:
    """Middleware: every page leads to the change of password until it is done."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        due = request.user.is_authenticated and request.user.must_change_password
        if due and request.resolver_match.view_name not in OPEN:
            return redirect("change-password")
        return None
