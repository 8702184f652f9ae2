"""Case files that repeat each other: texts in, pairs, rings and passages out; knows no path and no campaign."""
