"""What every page needs."""

from django.conf import settings

from ..models import house_style
from .pictures import colours_key


def site(request):
    """company, contact, here and how the house looks, for every template; a view may override each."""
    return {
        "company": settings.COMPANY_NAME,
        "contact": {
            "name": settings.CONTACT_NAME,
            "email": settings.CONTACT_EMAIL,
            "phone": settings.CONTACT_PHONE,
        },
        "logo": house_style.logo,
        "colours_key": colours_key,
        "here": request.path,
        "languages": settings.LANGUAGES,
    }
