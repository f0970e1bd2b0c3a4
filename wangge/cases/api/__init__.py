"""Cases for programs: residents report, staff read and do the verbs of the table of moves."""

from ninja import Router

from wangge.cases.api import reading, reports, verbs

router = Router()
router.add_router("", reports.router)
router.add_router("", reading.router)
router.add_router("", verbs.router)
