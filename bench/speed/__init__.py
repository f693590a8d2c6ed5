"""
The speed bench: what a second carries, what a roster costs, what a person waits for.

`python -m bench.speed` measures on this machine, in one run, beside other
engines on the same texts; prints a table with what is to be reached, and
compares with the run recorded in `bench/results/speed.json`.
"""
