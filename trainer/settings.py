"""Configuration, read once from the environment or ``.env`` and passed on as an object."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(ValueError):
    """A setting that cannot be used; the message names it."""


class Settings(BaseSettings):
    """Every setting of Attune; each is documented in the README."""

    model_config = SettingsConfigDict(
        env_prefix="ATTUNE_", env_file=".env", extra="ignore", frozen=True
    )

    data_dir: Path = Field(default_factory=lambda: user_data_path("attune", appauthor=False))
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(7860, ge=1, le=65535)

    def database(self) -> str:
        """The database's address; SQLite in the data folder unless one is set."""
        return self.database_url or f"sqlite:///{self.data_dir.expanduser() / 'attune.sqlite3'}"


def load_settings() -> Settings:
    """The settings of this process; SettingsError says which one is wrong and why."""
    try:
        return Settings()
    except ValidationError as error:
        problems = (f"ATTUNE_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise SettingsError("; ".join(problems)) from error
