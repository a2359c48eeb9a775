"""What happens when something goes wrong: runs that are killed, faults of the machine, and hostile files.

workshop.py   a short recording, its text, and what a good run makes of them
kills.py      runs that are killed, at moments drawn by chance and at every operation on a file
faults.py     the list of faults: disks, caches, networks, files that change, two runs at once
reviews.py    many clients on one review, and kills while it applies
hostile.py    the list of hostile input: bombs, names, links, models, texts that give orders
readers.py    every reader of a file that somebody gives, and files that it takes
fuzz.py       the readers under millions of damaged files (atheris)
"""
