"""Rounds from door to door (入户): in which order, how long, and where one round has to become several.

A round visits stairwells and houses and comes back to where it began. Its minutes are T = (sum of work + way) / crew:
work is service at each household, stairs or lift, and an entry at each stop (`pace`); the way is a short closed tour
along straight lines, made longer by a detour (`kernels`: nearest neighbour, then 2-opt and or-opt). Where stairwells
of one building shall follow each other, or can be entered only at some hours, whole orders are compared by walking them
(`timed`). A round over its limit is cut into the fewest consecutive ones, as even as can be (`splitting`). What comes
out is a `Round` (`plan`), a drawing and a sheet for paper in two languages (`drawing`, `sheet`).

Sources: 2-opt Croes 1958; or-opt Or 1976. The three hours are those a micro-grid is made for (微网格一轮 ≤ 3 小时).
"""
