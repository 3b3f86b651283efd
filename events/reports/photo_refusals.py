"""Why a file did not become a photo, and what to do about it."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

# What filesizeformat asks for: Django has these units in English where our languages write others.
UNITS = gettext_noop("%s KB"), gettext_noop("%s MB"), gettext_noop("%s GB")
_PLAIN = {
    "empty": gettext_noop("The file is empty. Perhaps it still lies in the cloud: open it first, and send it again."),
    "not_readable": gettext_noop("The file cannot be opened. See who may read it, and try again."),
    "not_a_picture": gettext_noop("This is no photo we can read. Send it as JPEG, PNG, WebP, HEIC or AVIF."),
    "svg": gettext_noop("This is a drawing (SVG), not a photo. Save it as PNG or JPEG, and send that."),
    "web_page": gettext_noop("This is a web page, not a photo. Open the picture itself, save it, and send that."),
    "gif": gettext_noop("This is a GIF. Send the photo itself, as JPEG, PNG or HEIC."),
    "tiff": gettext_noop("This is a TIFF or raw file. Export it as JPEG, and send that."),
    "raw": gettext_noop("This is a camera’s raw file. Export it as JPEG, and send that."),
    "pdf": gettext_noop("This is a PDF. Save the photo in it as JPEG, and send that."),
    "bmp": gettext_noop("This is a BMP file. Save it as JPEG or PNG, and send that."),
    "film": gettext_noop(
        "This is a film, or the moving part of a live photo. Send the photo itself: the JPEG or HEIC beside it."
    ),
    "archive": gettext_noop("This is an archive, not a photo. Unpack it, and send the photos in it."),
    "damaged": gettext_noop("The photo is damaged. Open it, save it again as JPEG, and send that."),
    "incomplete": gettext_noop("The photo did not come whole. Send it again, or save it again as JPEG first."),
    "laborious": gettext_noop(
        "The file is put together in such a way that reading it takes too long. Open it, save it again as JPEG, and "
        "send that."
    ),
    "not_made": gettext_noop(
        "We tried twice, and the photo could not be read. Open it, save it again as JPEG, and send that."
    ),
    "file_gone": gettext_noop("The file of this photo is not here any more. Send it again."),
    "disk_full": gettext_noop("There is no room for more photos now. Tell the organiser, and send it again later."),
    "not_kept": gettext_noop(
        "Photos of this event are no longer kept, so no more are taken in. Ask an organiser how long they should stay."
    ),
    "zip_damaged": gettext_noop("The zip is damaged or not whole. Pack it anew, or send the photos one by one."),
    "zip_entry_damaged": gettext_noop("This photo is damaged in the zip. Send it by itself."),
    "zip_encrypted": gettext_noop("The zip has a password. Pack it without one, and send that."),
    "zip_method": gettext_noop("This photo is packed in a way we cannot read. Send it by itself, or pack a plain zip."),
    "zip_swells": gettext_noop("The zip swells more than photos ever do. Send the photos one by one."),
}


def sentence(code, facts):
    """A kind sentence for the code and facts of a PhotoRefused, in the language in force."""
    if code in _PLAIN:
        return _(_PLAIN[code])
    return _WITH_NUMBERS[code](facts)


def _file_is_too_big(facts):
    return _("The photo is too big. It can be up to %(limit)s.") % {"limit": filesizeformat(facts["limit_bytes"])}


def _too_many_pixels(facts):
    return _("The photo has more than %(limit)s million pixels. Export it smaller, and send that.") % {
        "limit": facts["limit_megapixels"]
    }


def _too_small(facts):
    return _(
        "The picture is only %(width)s × %(height)s pixels. Send the photo itself rather than a small copy of it."
    ) % {"width": facts["width"], "height": facts["height"]}


def _zip_too_big(facts):
    return _("The zip is too big. It can be up to %(limit)s; make several of it.") % {
        "limit": filesizeformat(facts["limit_bytes"])
    }


def _zip_too_many(facts):
    return ngettext(
        "There is more in the zip than the %(limit)s file it may hold. Make several of it.",
        "There is more in the zip than the %(limit)s files it may hold. Make several of it.",
        facts["limit"],
    ) % {"limit": facts["limit"]}


def _enough_today(facts):
    return ngettext(
        "That is as many as we can take in a day: %(n)s photo. More are welcome tomorrow.",
        "That is as many as we can take in a day: %(n)s photos. More are welcome tomorrow.",
        facts["limit"],
    ) % {"n": facts["limit"]}


_WITH_NUMBERS = {
    "enough_today": _enough_today,
    "file_is_too_big": _file_is_too_big,
    "too_many_pixels": _too_many_pixels,
    "too_small": _too_small,
    "zip_too_big": _zip_too_big,
    "zip_too_many": _zip_too_many,
}
