"""Forms: what a respondent gets and sends back, in one module a format.

A format module writes a ``Form`` and turns what came back into a ``Draft``: plain data in the shape of the YAML form,
with the place of every value. ``reader`` makes the canonical content of any draft, so that an answer means the same in
every format. To add a format, write its module with its ``FORMAT`` and name it in ``formats``.
"""
