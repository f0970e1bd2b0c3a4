"""An independent judge of divisions: it builds its own graph, walks its own tours and shares no code with the solver.

Whoever distrusts a division gives it the file of units and the file of the division; it answers with every rule that
is broken, naming the row, and with the score sheet. Rules: every unit in exactly one general grid and one micro-grid,
inside its community, connected; the band of households wherever it can be kept; of micro-grids the households and the
minutes of a real round.
"""

from wangge.core.checking.findings import Finding, Kind, Rules
from wangge.core.checking.judging import Audit, audit

__all__ = ["Audit", "Finding", "Kind", "Rules", "audit"]
