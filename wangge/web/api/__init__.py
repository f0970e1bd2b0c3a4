"""The programming interface under /api/v1/: what pages do, for programs, by the same actions and the same rows."""

from ninja import NinjaAPI

from wangge.cases.api import router as cases
from wangge.places.api import router as places
from wangge.web.api import problems
from wangge.web.api.session import StaffSession
from wangge.web.api.wire import Parser, Renderer
from wangge.web.grids.api import router as grids
from wangge.web.search.api import router as search

DESCRIPTION = """Reports, places, cases, drafts of grids and the search.

Residents need no account: `POST /reports` with an `Idempotency-Key` of their own making; sent twice it gives the same
answer, with another body it is refused. Staff use the session of the browser they are signed in with, and for
everything but reading the header `X-CSRFToken` with the value of the cookie `csrftoken`. Everybody sees what his posts
cover and nothing else: what lies outside is answered like what does not exist (404). Each problem is answered as
`error`, `detail` and the `number` an administrator finds it by; nothing was changed then.
"""

api = NinjaAPI(
    title="wangge",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    docs_url=None,
    auth=StaffSession(),
    renderer=Renderer(),
    parser=Parser(),
)
api.add_router("", cases)
api.add_router("", places)
api.add_router("", grids)
api.add_router("", search)
problems.install(api)
