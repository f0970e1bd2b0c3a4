"""`make bench-divide`: our divisions beside those of METIS, KaHIP, GerryChain and spopt on the same graphs in one run.

Every measurement is a process of its own, so that its memory is its own; every result, ours and theirs, is judged by
`wangge.core.checking`, which shares no code with the solver.
"""
