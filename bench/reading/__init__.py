"""
The reading bench: what reading costs, family by family, beside the plain libraries.

`python -m bench.reading` writes files of each family that is read, with other
makers than our readers; reads them on one core, in a process of their own,
and lets the plain library do the same job; counts documents per second on the
whole road; and looks whether memory stays flat where a file grows.
"""
