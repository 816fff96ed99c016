"""Is the program up? For load balancers and monitors: no data, no permission."""

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from daybridge.access.gates import public


@public("a monitor asks whether the program is up; the answer holds no data")
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error:
        return JsonResponse({"status": "bad", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})
