"""Who a program is: whoever is signed in at the browser it runs in, checked against forged requests."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf

from wangge.access.actor import Actor


class StaffSession(APIKeyCookie):
    """The session cookie; for everything but reading also the header X-CSRFToken."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Actor | None:
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor: Actor = request.actor  # type: ignore[attr-defined] # the middleware puts it there
        if actor.is_public:
            return None
        if check_csrf(request):
            raise HttpError(403, _("The header X-CSRFToken is missing or is not that of this session."))
        return actor
