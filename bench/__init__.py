"""Measures selfaudit against named peers in the same run; see docs/benchmarks.md."""
