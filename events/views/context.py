"""What every page needs."""

from django.conf import settings


def site(request):
    """company, contact and here for every template; a view may override each."""
    return {
        "company": settings.COMPANY_NAME,
        "contact": {
            "name": settings.CONTACT_NAME,
            "email": settings.CONTACT_EMAIL,
            "phone": settings.CONTACT_PHONE,
        },
        "here": request.path,
        "languages": settings.LANGUAGES,
    }
