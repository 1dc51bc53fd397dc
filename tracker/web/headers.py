"""What every answer says about being kept."""


def no_store(get_response):
    """Forbid keeping any answer that does not itself say how long it may be kept."""

    def middleware(request):
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return middleware
