"""Pages for the browser: status, the forms of a unit, papers to look at."""
