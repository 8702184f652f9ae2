"""The same comparison as a dataflow of Daft, on one machine or on many; needs the extra ``selfaudit[daft]``."""

import os

# Both would tell their makers of every start, and nothing here asks a network
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
