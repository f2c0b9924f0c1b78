"""Files as answers: what the browser keeps, and what it shows."""

from django.http import HttpResponse


def attachment(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """To be kept under `name`."""
    return _file(content, content_type, f'attachment; filename="{name}"')


def shown_pdf(content: bytes, name: str, *, cache: str = "") -> HttpResponse:
    """Opens in the browser; `name`, without its ending, is what it would be kept as."""
    response = _file(content, "application/pdf", f'inline; filename="{name}.pdf"')
    if cache:
        response["Cache-Control"] = cache
    return response


def _file(content: bytes | str, content_type: str, disposition: str) -> HttpResponse:
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
