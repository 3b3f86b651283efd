"""Why a picture cannot stand on top of letters, and what to do about it."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _


def sentence(code, facts):
    """A kind sentence for the code and facts of a PictureRefused, in the language in force."""
    return _SENTENCES[code](facts)


def _file_is_too_big(facts):
    return _("The file is %(size)s; a picture can be up to %(limit)s. Export it smaller, and choose that file.") % {
        "size": filesizeformat(facts["size_bytes"]),
        "limit": filesizeformat(facts["limit_bytes"]),
    }


def _too_many_pixels(facts):
    limit = round(facts["limit_megapixels"])
    return _(
        "The picture has more than %(limit)s million pixels. Export it about 2,000 pixels wide, and choose that file."
    ) % {"limit": limit}


def _too_small(facts):
    return (
        _(
            "The picture is %(width)s × %(height)s pixels and would look blurred. It needs at least "
            "%(least_width)s × %(least_height)s; take the original rather than a copy from a web page."
        )
        % facts
    )


def _not_a_picture(facts):
    return _("This file is no JPEG, PNG or WebP picture. Save the picture as one of these, and choose that file.")


def _damaged(facts):
    return _("The picture is damaged, or was not sent whole. Save it again, and choose that file.")


_SENTENCES = {
    "file_is_too_big": _file_is_too_big,
    "too_many_pixels": _too_many_pixels,
    "too_small": _too_small,
    "not_a_picture": _not_a_picture,
    "damaged": _damaged,
}
