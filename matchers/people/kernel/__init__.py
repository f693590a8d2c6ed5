"""
One pass over folded text, compiled: words, names, numbers and addresses, looked up and judged.

    fold → tokens → numbers, addresses → names → rows

`arrays` says what the functions work on, `compile` how they become machine
code (`linking`: of which parts, `kept`: where it stays). Everything reaches a
compiled function as an argument: what it captured would be frozen into its
cache file, the key included.
"""
