"""The run of the whole job: `run.py` is the page to read first."""
