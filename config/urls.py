from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from config import sign_in_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("casework.urls")),
    path("", include("exclusions.urls")),
    path("", include("panels.urls")),
    path("", include("wsoa.urls")),
    path("", include("reporting.urls")),
    path("", include(sign_in_urls)),
]

if settings.SHOW_GALLERY:
    from casework.policy import anyone
    from casework.views.gallery import gallery

    urlpatterns.append(path("gallery/", anyone(gallery), name="gallery"))

if settings.MAIL_IS_KEPT:
    from casework.views.mailbox import mailbox

    urlpatterns.append(path("mailbox/", mailbox, name="mailbox"))

handler500 = "casework.views.errors.server_error"
