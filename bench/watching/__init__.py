"""
The watching bench: the real service beside many real places, good and bad.

`python -m bench.watching` runs `watcher run` with hundreds of sources on
loopback: healthy places, slow ones, failing ones and hostile ones, in a process
of their own that counts who asks and when. It tells whether visits begin when
they are due, whether any host was asked more often than its budget, whether
memory stays flat, how long after its publication a leak is told, and how many
pages a second go the whole road on one core.
"""
