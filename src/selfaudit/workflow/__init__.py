"""One module per verb: plain arguments in, a result object out, progress to a listener."""
