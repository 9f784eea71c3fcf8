from pathlib import Path

import pytest

from trainer.settings import Settings, SettingsError, load_settings, variable

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{variable(name)}`" in README.read_text(encoding="utf-8")


def test_a_wrong_port_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_PORT", "many")
    with pytest.raises(SettingsError, match="ATTUNE_PORT"):
        load_settings()


def test_the_record_is_in_the_data_folder(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).database() == f"sqlite:///{tmp_path}/attune.sqlite3"


def test_another_database_may_be_named() -> None:
    url = "postgresql+psycopg://a@localhost/b"
    assert Settings(database_url=url).database() == url


def test_a_wrong_time_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_MODEL_TIMEOUT", "0")
    with pytest.raises(SettingsError, match="ATTUNE_MODEL_TIMEOUT"):
        load_settings()


def test_the_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    settings = load_settings()
    assert settings.openai_api_key.get_secret_value() == "sk-secret"
    assert "sk-secret" not in repr(settings)
