"""Prints the results as docs/benchmarks.md."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path

from bench.data import FEWEST, PANDAS_GIB
from bench.lookalikes import HEADING as LOOKALIKES_HEADING
from bench.lookalikes import Measured
from bench.lookalikes import section as lookalikes
from bench.results import (
    LINEAR,
    STEADY,
    Cost,
    Covered,
    Growth,
    Opening,
    Peak,
    Ratio,
    Recognised,
    Result,
    Scale,
    Slowest,
    Steady,
    Table,
    Timed,
)
from bench.sampling import SAMPLING, section
from bench.tables import duration, mebibytes, table, yes_no

LIBRARIES = (
    "docxtpl", "duckdb", "jinja2", "lxml", "openpyxl", "pebble", "pydantic", "python-calamine", "python-docx", "pyyaml",
    "typer", "xlsxwriter", "zxing-cpp",
)  # fmt: skip

HEAD = """\
# Benchmarks

`make bench` writes this page; nothing in it is edited by hand. Seconds say as much about the machine as about the
program, so what counts are the ratios: every command runs in turn with a named peer that does the least that the job
could take. Both are whole processes, start-up included, and both are bound to one processor.

- *CPU* is user and system time of the program and its child processes, the least of all rounds.
- *Least* is the least CPU time over the least CPU time of the peer; *median* is the median of the ratios of runs next
  to each other. The median decides whether a goal is reached.
- Campaigns of the benchmarks ask everybody sixty items. A filled-in form has {size:.0f} KB, every fourth answer has a
  note, and people report one finding on average; for `report` they report ten each.
"""
RATIOS = """
## Against peers

- `python -c pass`: an interpreter that does nothing.
- as many bytes written: files of the same names and sizes (forms, covering notes, pages, zips), no content worked
  out.
- `yaml.load`, `CSafeLoader`: the bare parser in a loop over the same files, the results thrown away; no checks, no
  hashes, no originals kept, nothing stored.
- `docxtpl`, `{%tr%}`: a Word template with one table of seven columns and the same findings as rows; no charts, no
  annexes, no counting, no gate. The report prints every finding in several tables, so once the peer also prints as many
  rows as the report has in all.
- `collect` is the peer of a second `collect` that finds nothing new, and that one of a third that finds one new file.
"""
RATIO_HEAD = ("Size", "CPU", "Peer", "CPU of peer", "Least", "Median", "Goal", "Reached")
GROWTH = """
## Growth

With an exponent of *e*, ten times as much costs 10^*e* times as much. It compares the two largest sizes, after what the
same command costs with one respondent is taken off. Linear is 1; up to {limit} counts as linear.
"""
STEADINESS = """
## Memory that must not grow

`collect` must not depend on how many files come back: at most {limit} times as much.
"""
PEAKS = """
## Memory of the largest report
"""
FORMS = """
## Forms as web pages and as workbooks

- as many bytes written: as above; for web pages this is a gigabyte at 10,000 respondents, most of it twice, as every
  unit's forms are also in a zip.
- `openpyxl`: builds every workbook from nothing, with the same sheets, texts, styles, drop-downs, colours, widths,
  heights, protection and print settings, and writes it; no covering notes, no ledger, no zips. It builds 100 and 1,000
  one by one. Of 10,000 it builds 200, and the CPU time of building these is counted fifty times.
- `openpyxl, read_only`: loads the workbooks in its fastest way and takes the values of all cells, the results thrown
  away; nothing is looked for in them.
- `xlsx_form.write` writes the bytes of the workbook of everybody; `open_workbook` returns all cells after all checks
  for size, damage and harm; `xlsx_form.read` returns answers, findings and facts with the cell of each. The workbooks
  are those of {middle} respondents, filled in.
- *Start-up left out*: CPU time of the work alone, on both sides; otherwise whole processes as above. The goals are that
  issuing workbooks is twenty times, and reading them ten times as fast as `openpyxl`: at most 0.05 and 0.1.
- `collect` of YAML forms with the same answers is the peer of `collect` of workbooks.
"""
BROWSER = """
## The web page in a browser

Time is from the beginning of the navigation to the first character that is in a field, typed as soon as the page is
loaded; file://, a new context each time, the median of {rounds} openings in turn, in Chromium at full speed and with
the processor slowed down four times. The times are those of this machine; *ratio* is the HTML form against the page in
that row. Sixty items, three of them in two parts; every possible answer is a field.
"""
PAPERS = """
## Signature sheets after scanner, phone and fax

Sheets of a campaign are printed, turned into images at 150 and 200 dpi, damaged with a fixed seed, and read. What is
not recognised goes to a person. Taken for another sheet: {wrong}; it must be 0.
"""

CLOSING = """
## From findings to the archive

This section was measured by itself (`python bench/run.py --only closing`) when it is newer than the rest.

- `openpyxl, read_only`: loads the same edited workbook in its fastest way and takes the values of all cells; no
  comparing, no ledger.
- `zip` and `sha256sum`: the programs of the system, one after the other, over the files that the archive contains.
- `unzip -t` and `sha256sum`: the same for an archive that is there; `archive verify` also works out the chain of the
  journal and the seals of the ledger.
- `docxtpl`: a letter with a table of ten rows, as often as there are notices.
- LibreOffice alone converts the same Word files; nothing is written, counted or put into them. Of 10,000 findings it
  had not made a PDF after 20 minutes: a row takes it about 13 ms, and their report has 21,000. So the goal for these,
  a minute, is out of reach with it, and a tenth of them is measured.

The second table is in seconds on the clock, as what people wait for is LibreOffice, on all processors.
"""

DATA_HEADING = "\n## Registers and data checks\n"
DATA = (
    DATA_HEADING
    + """
Measured by itself: `python bench/run.py --only data`. Rounds are few: three for CSV, two otherwise, and one against
frictionless, openpyxl and SQLite, so that it takes minutes. CPU time is compared, with start-up, on one processor.

{machine}Peers: {peers}. Load of the machine, processes that wanted to run: {load}.

- Imported are certificates of 30 columns with a title row, four ways to write dates, and one row in a hundred
  with a cell that does not fit. `pandas` decodes or opens the file, normalises, types, lists the cells that do not fit
  and has DuckDB write Parquet. It knows the encoding and where the header is; `register import` finds them, and also
  keeps the original, sets aside what are no rows, tells repairs by kind, writes the rejected rows to be sent back,
  compares with the version before and says which checks cannot run. Workbooks are first looked through for what is
  not safe to open. `frictionless` validates the types of all cells and writes nothing.
- Checked are bodies with 3.3 audits, 10 assignments and 6.7 sign-ins for each certificate; about one row in a hundred
  is wrong in each way. Five joins are checks of a campaign's own, the same questions in each engine; all find the same
  number of signals. Peers read the five registers they join and write their signals to files. SQLite loads the tables
  and indexes what is joined on. dbt-duckdb stores failures and reads the Parquet files. `check` builds a database
  of its own, of the columns that these checks can read, and enters every signal in the ledger.
- The rows with one row, and with {fewest} certificates, say what start-up costs on both sides.
- Double booking: seconds on the clock, on all processors; `pandas` joins each person's assignments with themselves,
  with an address space of {gib} GiB.
- Peak memory is that of the largest process, of the command or of its workers.
- *Exponent*: as above, after what a body of {fewest} certificates costs is taken off.

What keeps goals from being reached, where they are not:

- Start-up costs more than that of pandas: the program, its kit with more than fifty checks, and a process of its own
  for what somebody else made. Of a short command it is nearly all.
- Of a workbook, a third of the time goes into its XML, which both sides read with the same library, and a quarter into
  looking for harm in it before that, and writing it anew.
- `check` first copies registers into a database that SQL of a kit can neither leave nor change. For five joins this
  takes most of the time, and others, which ask the Parquet files themselves, do without. Checks that are run by their
  ids copy only the columns that they can read.
- Seconds on the clock are those of a machine with the load above, and several times as many as on an idle one.
"""
)


def data(results: Sequence[Result], peers: str) -> str:
    """Return the section on registers and data checks; ``peers`` are the releases of what is compared with."""
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    of = {kind: [one for one in results if isinstance(one, kind)] for kind in (Timed, Growth, Peak)}
    head = ("Command", "Size", "Seconds", "Beside", "Its seconds", "Goal", "Reached")
    growing = ("Command", "Size", "CPU", "Peak memory", "Exponent of CPU", "Exponent of memory", "Reached")
    return "".join(
        [
            DATA.format(machine=_machine(), peers=peers, load=load, fewest=FEWEST, gib=PANDAS_GIB),
            _ratios("Command", results, "data"),
            table(head, (_timed(one) for one in of[Timed] if isinstance(one, Timed))),
            table(growing, (_growth(one) for one in of[Growth] if isinstance(one, Growth))),
            table(
                ("Command", "Size", "Peak memory", "Goal", "Reached"),
                (_peak(one) for one in of[Peak] if isinstance(one, Peak)),
            ),
            *(_slowest(one) for one in results if isinstance(one, Slowest)),
        ]
    )


def _slowest(result: Slowest) -> str:
    checks = ", ".join(f"{check} {duration(seconds)}" for check, seconds in result.checks)
    goal = f"goal for each: ≤ {duration(result.limit)}, reached: {yes_no(result.reached)}"
    return f"\nThe slowest checks of {result.size}, on the clock: {checks} ({goal}).\n"


def with_data(text: str, results: Sequence[Result], peers: str) -> str:
    """Return the page with that section measured anew and everything else as it was."""
    before, _, after = text.partition(DATA_HEADING)
    return before + data(results, peers) + "".join(after.partition(SAMPLING)[1:])


def with_sampling(text: str, results: Sequence[Cost | Covered]) -> str:
    """Return the page with the section on the spot check measured anew and everything else as it was."""
    return text.partition(SAMPLING)[0] + section(results) + "".join(text.partition(LOOKALIKES_HEADING)[1:])


def with_lookalikes(text: str, results: Sequence[Measured]) -> str:
    """Return the page with the section on look-alikes, its last, measured anew and everything else as it was."""
    return text.partition(LOOKALIKES_HEADING)[0] + lookalikes(results)


def page(results: Sequence[Result], response_size: float, scale: Scale) -> str:
    """Return the whole page."""
    papers = [result for result in results if isinstance(result, Recognised)]
    rounds = ", ".join(f"{rounds} at {size:,}" for size, rounds in scale.rounds.items())
    return "".join(
        [
            HEAD.format(size=response_size / 1000),
            f"- Rounds: {scale.short_rounds} of start-up, {rounds}.\n\n{_machine()}",
            RATIOS,
            _ratios("Command", results, "commands"),
            FORMS.format(middle=f"{scale.middle:,}"),
            _ratios("Command or function", results, "forms"),
            GROWTH.format(limit=LINEAR),
            table(
                ("Command", "Size", "CPU", "Peak memory", "Exponent of CPU", "Exponent of memory", "Reached"),
                (_growth(result) for result in results if isinstance(result, Growth)),
            ),
            STEADINESS.format(limit=STEADY),
            table(
                ("Process", "Files", "Peak memory", "Ratio", "Reached"),
                (_steady(result) for result in results if isinstance(result, Steady)),
            ),
            PEAKS,
            table(
                ("Command", "Size", "Peak memory", "Goal", "Reached"),
                (_peak(result) for result in results if isinstance(result, Peak)),
            ),
            BROWSER.format(rounds=scale.most_rounds),
            _openings([result for result in results if isinstance(result, Opening)]),
            PAPERS.format(wrong=sum(result.wrong for result in papers)),
            table(("Damage", "Pages", "Recognised", "Taken for another"), map(_recognised, papers)),
            closing(results),
        ]
    )


def closing(results: Sequence[Result]) -> str:
    """Return the section on what comes after the answers, the last of the page."""
    timed = [result for result in results if isinstance(result, Timed)]
    head = ("Command", "Size", "Seconds", "Beside", "Its seconds", "Goal", "Reached")
    return "".join([CLOSING, _ratios("Command", results, "closing"), table(head, map(_timed, timed))])


def with_closing(text: str, results: Sequence[Result]) -> str:
    """Return the page with that section measured anew and everything else as it was."""
    before, _, after = text.partition(CLOSING)
    return before + closing(results) + "".join(after.partition(DATA_HEADING)[1:])


def _ratios(first: str, results: Sequence[Result], which: Table) -> str:
    rows = (_ratio(result) for result in results if isinstance(result, Ratio) and result.table == which)
    return table((first, *RATIO_HEAD), rows)


def _machine() -> str:
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"Machine: {_processor()}, {processors} processors, {memory:.0f} GiB, {platform.system()}."
        f" {platform.python_implementation()} {platform.python_version()}, {libraries}.\n"
    )


def _processor() -> str:
    """Return the name of the processor; only Linux says more than its kind."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _ratio(result: Ratio) -> Sequence[str]:
    duel = result.duel
    ours, theirs = (duration(min(usage.cpu for usage in runs)) for runs in (duel.ours, duel.theirs))
    goal = f"≤ {result.limit:.3g}" if result.limit is not None else "–"
    ratios = [f"{number:.3g}" for number in (duel.least, duel.median)]
    return (f"`{result.what}`", result.size, ours, result.peer, theirs, *ratios, goal, yes_no(result.reached))


def _timed(result: Timed) -> Sequence[str]:
    ours = duration(result.seconds)
    beside = "–" if result.seconds_beside is None else duration(result.seconds_beside)
    goal = f"≤ {duration(result.limit)}"
    return (f"`{result.what}`", result.size, ours, result.beside, beside, goal, yes_no(result.reached))


def _growth(result: Growth) -> Sequence[str]:
    cpu = " / ".join(duration(point.cpu) for point in result.points)
    memory = " / ".join(mebibytes(point.memory) for point in result.points)
    sizes = f"{' / '.join(f'{point.size:,}' for point in result.points)} {result.of}"
    exponents = f"{result.cpu:.2f}", f"{result.memory:.2f}"
    return (f"`{result.what}`", sizes, cpu, memory, *exponents, yes_no(result.reached))


def _steady(result: Steady) -> Sequence[str]:
    sizes = " / ".join(f"{size:,}" for size in result.sizes)
    memory = " / ".join(map(mebibytes, result.peaks))
    return (result.what, sizes, memory, f"{result.ratio:.2f}", yes_no(result.reached))


def _peak(result: Peak) -> Sequence[str]:
    goal = f"≤ {mebibytes(result.limit)}" if result.limit else "–"
    return (f"`{result.what}`", result.size, mebibytes(result.memory), goal, yes_no(result.reached))


def _openings(results: Sequence[Opening]) -> str:
    """Print the pages; the first is the form, which the others are compared with."""
    form = results[0]
    speeds = [title for name in ("full speed", "slowed 4 ×") for title in (f"Until typed, {name}", "Ratio", "Goal")]
    return table(
        ("Page", "Fields", "Size", "gzip", *speeds),
        (
            (
                result.page,
                f"{result.fields}",
                *(f"{size / 1000:.1f} KB" for size in (result.size, result.packed)),
                *(
                    text
                    for own, of_form, goal in zip_longest(result.times, form.times, result.goals)
                    for text in (f"{own:.0f} ms", f"{of_form / own:.2f}", _met(of_form / own, goal))
                ),
            )
            for result in results
        ),
    )


def _met(ratio: float, goal: float | None) -> str:
    return "–" if goal is None else f"≤ {goal:g}: {yes_no(ratio <= goal)}"


def _recognised(result: Recognised) -> Sequence[str]:
    share = f"{result.right / result.pages:.0%}" if result.pages else "–"
    return (result.damage, f"{result.pages}", share, f"{result.wrong}")
