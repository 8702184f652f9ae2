"""Reports: what they say (``context``, built from standings), where their numbers come from, and Word documents."""
