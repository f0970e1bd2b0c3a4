"""The registry of the demo: a list of residents is brought in, and the workers write down who needs a hand."""

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

from django.utils.timezone import localdate

from wangge.access.context import acting
from wangge.core.columns import propose
from wangge.exchange import actions as exchange
from wangge.exchange import reading
from wangge.exchange.importer import importer
from wangge.exchange.models import Doubt, Import
from wangge.exchange.words import Decision
from wangge.jobs.system import as_system
from wangge.people import actions
from wangge.people.actions import Carers, Grounds
from wangge.people.models import Person
from wangge.people.words import Basis, Consent
from wangge.web.demo.chance import stream
from wangge.web.demo.load import Loaded
from wangge.web.demo.residents import HEADER, residents, told
from wangge.web.demo.town import Staff, Town
from wangge.web.demo.wording import pools

KIND, SOURCE = "persons", "社区登记（虚构）"


class Registry:
    """Writes down the residents of the communities of which the demo tells, and what is known of them."""

    def __init__(self, town: Town, made: Loaded, token: Callable[[str], str], *, now: datetime) -> None:
        self.town, self.made, self.token, self.now = town, made, token, now
        self.chance = stream(town.plan, town.seed, town.size, "registry")

    def write(self) -> Import:
        """All of it; the import of the list, with its counts."""
        held = self.bring()
        inside = {area.key for area in told(self.town)}
        for one in self.town.staff:
            if one.role == "grid_worker" and one.area in inside:
                self.needs(one)
        return held

    def bring(self) -> Import:
        """The list of residents through the staged import, as `wangge import` does it."""
        text = StringIO()
        csv.writer(text).writerows([HEADER, *residents(self.town)])
        with as_system(exchange.PURPOSE) as system:
            kept = reading.keep([text.getvalue().encode()], seals=importer(KIND).seals)
            source = exchange.source_named(SOURCE, by=system)
            held = exchange.begin(source, KIND, file_name="residents.csv", kept=kept, by=system, now=self.now)
        held = self._advanced(held)
        found = propose(held.head["names"], [field.wanted for field in importer(KIND).fields], None)
        columns = {one.field: one.header for one in found}
        with as_system(exchange.PURPOSE) as system:
            exchange.map_columns(held, columns=columns, system={}, options={}, by=system, now=self.now)
        held = self._advanced(held)
        with as_system(exchange.PURPOSE) as system:
            alike = Doubt.objects.filter(of=held).values_list("pk", flat=True)  # of one family, and two people
            if alike:
                exchange.decide(held, list(alike), Decision.TAKE, by=system, now=self.now)
            exchange.confirm(held, by=system, now=self.now)
        return self._advanced(held)

    def _advanced(self, held: Import) -> Import:
        more = True
        while more:
            with as_system(exchange.PURPOSE) as system:
                more = exchange.advance(held.pk, by=system, now=self.now)
        with as_system(exchange.PURPOSE):
            return Import.objects.select_related("source").get(pk=held.pk)

    def needs(self, worker: Staff) -> None:
        """One person in so many of a worker's grids needs a hand, said in the last half year; the worker looks in."""
        words = pools("residents")
        with acting(self.token(worker.login)) as actor:
            grids = [self.made.areas[grid] for grid in worker.grids]
            people = list(Person.objects.filter(area_id__in=grids, home__isnull=False).order_by("pk"))
            for person in self.chance.sample(people, len(people) // words["cared"]):
                moment = self.now - timedelta(days=self.chance.randint(1, 170))
                given = Grounds(
                    Basis.CONSENT, Consent.SPOKEN, on=localdate(moment),
                    heard_by=self.chance.choice(words["care"]["heard_by"]) + pools("people")["mark"],
                )  # fmt: skip
                actions.record_need(
                    person, code=self.chance.choice(words["care"]["needs"]), given=given, by=actor, now=moment,
                    carers=Carers(actor.account_id), source=f"resident:{actor.account_id}",
                )  # fmt: skip
