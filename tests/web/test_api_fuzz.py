"""The description of the interface, taken at its word by schemathesis: no crash, no status that is not described."""

import os
from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.browse import signed_in
from tests.cast import Cast
from wangge.cases import actions
from wangge.places.queries import by_token
from wangge.web.wsgi import application

EXAMPLES = 100 if os.environ.get("WANGGE_SOAK") else 5
CHECKS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def a_case(cast: Cast) -> str:
    with cast.sun.acting() as sun:
        place = by_token(cast.building_token)
        assert place is not None
        return actions.report(actions.Report(place, "路灯不亮"), by=sun, now=timezone.now()).case.number


@pytest.mark.soak(minutes=4)
def test_nothing_breaks_and_nothing_undescribed_is_answered(cast: Cast) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    cookies = {"wg_session": signed_in(cast.chief).cookies["wg_session"].value, "csrftoken": "a" * 32}
    number = a_case(cast)
    statuses, asked = Counter[int](), 0
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr] # our own description is whole
        asked += 1

        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate],
        )  # fmt: skip
        @given(
            case=operation.as_strategy() | operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE),
            real=st.booleans(),
        )
        def hold(case: Any, real: bool) -> None:  # noqa: FBT001 - drawn, not switched by a caller
            if real and "number" in case.path_parameters:
                case.path_parameters["number"] = number
            case.cookies = dict(cookies)
            case.headers["X-CSRFToken"] = cookies["csrftoken"]
            response = case.call()
            statuses[response.status_code] += 1
            case.validate_response(response, checks=CHECKS)

        hold()
    print(f"X1: {asked} operations, {sum(statuses.values())} requests, answers {dict(sorted(statuses.items()))}")
    assert asked == len(schema.raw_schema["paths"])
    assert {200, 404, 422} <= set(statuses)
    assert max(statuses) < 500
