import json
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import app
from trainer.cli import main
from trainer.settings import Settings

ROOT = Path(__file__).parents[1]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    created = app.create_app(Settings(data_dir=tmp_path))
    with TestClient(created, base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize("address", ["/", "/practise", "/progress"])
def test_every_page_answers(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 200


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/my-data.json", headers={"Host": "evil.example"}).status_code == 400


def test_another_site_can_change_nothing(client: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/gradio_api/queue/join", json={}, headers=headers).status_code == 403


def test_everything_kept_can_be_downloaded(client: TestClient) -> None:
    data = client.get("/my-data.json")
    assert "attachment" in data.headers["Content-Disposition"]
    assert data.json()["plays"] == []


def test_other_computers_are_not_served(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", "0.0.0.0"]) == 2
    assert "no accounts yet" in capsys.readouterr().err


def test_a_taken_port_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 2
    assert "another port" in capsys.readouterr().err


def test_the_core_starts_without_pages_or_models() -> None:
    code = (
        "import sys, trainer.session, trainer.practice, progress.store, scenarios.library\n"
        "print([m for m in ('gradio', 'langchain', 'openai', 'chromadb') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_pages_are_put_together_without_weights_or_stubs(tmp_path: Path) -> None:
    code = (
        "import inspect, sys; from pathlib import Path\n"
        "import app, trainer.settings\n"
        "real = inspect.getfile\n"
        "app.create_app(trainer.settings.Settings(data_dir=Path(sys.argv[1])))\n"
        "assert inspect.getfile is real\n"
        "print([m for m in ('onnxruntime', 'langchain', 'chromadb') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, trainer.cli\n"
        "trainer.cli.build_parser().format_help()\n"
        "print([m for m in ('pydantic', 'numpy', 'sqlmodel', 'gradio') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked in a folder of its own as an installation would."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_works_from_any_folder(installed: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "trainer.cli", "play", "third-missed-delivery"]
    (tmp_path / "replies.txt").write_text("You lost a morning.\n", encoding="utf-8")
    done = subprocess.run(
        [*command, "--replies", "replies.txt", "--json"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["scenario"] == "third-missed-delivery"


def test_the_wheel_holds_no_tests(installed: Path) -> None:
    assert not list(installed.rglob("test_*.py"))
    assert (installed / "progress" / "migrations").is_dir()
