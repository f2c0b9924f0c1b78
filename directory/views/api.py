"""The Open Referral UK 3.0 API: its addresses are taken, its answers come later."""

from django.http import HttpRequest, JsonResponse

from partnerships.access import public_view


@public_view
def open_referral(request: HttpRequest, path: str = "") -> JsonResponse:
    words = "The Open Referral UK 3.0 API is not yet available."
    response = JsonResponse({"error": "not yet available", "message": words}, status=501)
    response["Access-Control-Allow-Origin"] = "*"
    return response
