"""The school's logo: read as a picture, and drawn anew, so that nothing but the picture is kept."""

import hashlib
import warnings
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from PIL import Image, UnidentifiedImageError

from partnerships.models import Setting

MOST_BYTES = 512 * 1024
MOST_PIXELS = 6000 * 6000
LONGEST_SIDE = 800
KIND_WORDS = "Choose a picture in the PNG or JPEG format"
SIZE_WORDS = f"Choose a picture of at most {MOST_BYTES // 1024} KB"
PIXELS_WORDS = "Choose a smaller picture, at most 6000 by 6000 pixels"
JPEG_START = b"\xff\xd8\xff"


def clean_logo(upload: "UploadedFile[Any]") -> bytes:
    """The picture again as PNG or JPEG without anything hidden in it. Raises ValueError with words for the person."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValueError(SIZE_WORDS)
    content = upload.read()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(content), formats=["PNG", "JPEG"])
            if picture.width * picture.height > MOST_PIXELS:
                raise ValueError(PIXELS_WORDS)
            return _drawn_anew(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        raise ValueError(KIND_WORDS) from None


def _drawn_anew(picture: Image.Image) -> bytes:
    """PNG keeps what is transparent; a photograph stays JPEG."""
    is_jpeg = picture.format == "JPEG"
    fresh = picture.convert("RGB" if is_jpeg else "RGBA")
    fresh.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new(fresh.mode, fresh.size)
    clean.paste(fresh)
    out = BytesIO()
    clean.save(out, "JPEG" if is_jpeg else "PNG", optimize=True)
    return out.getvalue()


def logo_response(request: HttpRequest, setting: Setting) -> HttpResponse:
    """The logo of a setting as a file. Raises Http404 if it has none."""
    if not setting.logo:
        raise Http404
    content = bytes(setting.logo)
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    kind = "image/jpeg" if content.startswith(JPEG_START) else "image/png"
    headers = {"ETag": etag, "Cache-Control": "private, max-age=300"}
    return HttpResponse(content, content_type=kind, headers=headers)
