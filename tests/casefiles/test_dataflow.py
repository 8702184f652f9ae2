"""The dataflow finds what the other engine finds, in this process and on a Ray cluster."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from selfaudit.casefiles.comparing import Comparison
from selfaudit.model.casefiles.settings import Settings
from tests.casefiles.bodies import Body


def some_body() -> Body:
    """A body whose records are short and long, copied, in a ring of more than two, of several standards and of none."""
    body = Body(5)
    body.fill(40, characters=500)
    body.fill(15, "EMS", 3_000)
    for characters, copies in ((400, 1), (2_500, 3), (900, 1)):
        own = body.paragraphs(characters)
        body.add(own, organisation="甲", period="2023-01-01")
        for _ in range(copies):
            body.add(body.edited(own, 0.3))
        body.add(own, "EMS", organisation="甲", period="2023-01-01")
    body.add(own, "")
    body.put("empty.docx", "")
    return body


SETTINGS = Settings(most=2)  # so that shingles of the ring are in more records than that


def told(comparison: Comparison) -> list[object]:
    spread = comparison.spread
    return [comparison.found.model_dump(mode="json"), spread.keys.tolist(), spread.records.tolist()]


def test_the_dataflow_finds_in_this_process_what_the_other_engine_finds(tmp_path: Path) -> None:
    from selfaudit.casefiles.dataflow import engine, runner  # noqa: PLC0415 - as its users do, only when it is wanted

    body = some_body()
    runner.use()
    frame = runner.frame_of(tmp_path, ((number, body.texts[one.id]) for number, one in enumerate(body.records)))
    there = engine.compare(body.records, frame, body.blank(), SETTINGS)
    here = body.compared(body.blank(), SETTINGS)
    assert told(there) == told(here)
    assert here.found.rings
    assert here.found.one_audit


def test_an_address_at_which_nobody_answers_is_told_at_once() -> None:
    from selfaudit.casefiles.dataflow import runner  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(OSError, match="refused"):
        runner.use(place)


ON_RAY = """
import json, sys
from pathlib import Path
import ray
from selfaudit.casefiles.dataflow import engine, runner
from tests.casefiles.test_dataflow import SETTINGS, some_body, told

ray.init(num_cpus=2, include_dashboard=False, _node_ip_address="127.0.0.1", log_to_driver=False)
body = some_body()
runner.use("auto")
frame = runner.frame_of(Path(sys.argv[1]), ((n, body.texts[one.id]) for n, one in enumerate(body.records)))
made = engine.compare(body.records, frame, body.blank(), SETTINGS)
Path(sys.argv[1], "told.json").write_text(json.dumps(told(made)))
"""


@pytest.mark.slow
def test_the_dataflow_finds_on_a_ray_cluster_what_the_other_engine_finds(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parent.parent.parent
    subprocess.run(
        [sys.executable, "-c", ON_RAY, str(tmp_path)], cwd=root, check=True, capture_output=True, timeout=300
    )
    body = some_body()
    here = json.loads(json.dumps(told(body.compared(body.blank(), SETTINGS))))
    assert json.loads((tmp_path / "told.json").read_text(encoding="utf-8")) == here
