import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from progress.database import open_engine
from progress.store import SOLO_USER, Store
from tests.serving import Server, serving

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=30_000)
DESKTOP, PHONE = (1200, 900), (360, 740)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium only these tests are left out."""
    missing = pytest.mark.skip(reason="Chromium is not installed")
    for item in items:
        if CHROMIUM is None and "browser" in item.path.parts:
            item.add_marker(missing)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture
def server(shared_server: Server) -> Server:
    """The one server, with an empty record."""
    record = open_engine(f"sqlite:///{shared_server.folder / 'attune.sqlite3'}")
    Store(record).delete_all(user=SOLO_USER)
    record.dispose()
    return shared_server


@pytest.fixture
def mortal_server(tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, which it may kill."""
    with serving(tmp_path / "served") as server:
        yield server


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A desktop page that fails the test if it asks anything of another computer."""
    with opened(browser, server) as page:
        yield page


@pytest.fixture
def mortal_page(browser: Browser, mortal_server: Server) -> Iterator[Page]:
    """The same, on a server that may be killed."""
    with opened(browser, mortal_server) as page:
        yield page


@contextmanager
def opened(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, base_url=server.url
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url))
    yield page
    context.close()
    assert not [url for url in outside if not url.startswith((server.url, "data:", "blob:"))]
