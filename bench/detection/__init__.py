"""
The detection bench: synthetic leaks of every form among innocent documents.

`python -m bench.detection` enrols rosters of invented people, puts them into
documents of every form that is known to leak, lets `watcher.read`, the matcher
and `watcher.assess` say what is in them, and compares with what was put in.
"""
