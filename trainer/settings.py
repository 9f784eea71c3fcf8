"""Configuration, read once from the environment or ``.env`` and passed on as an object."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
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
    #: Which model plays, which seconds the scores, and which coaches; the first serves for all.
    model: str = ""
    judge_model: str = ""
    coach_model: str = ""
    #: A model file that is served in this process, for whatever has no model named above.
    gguf: Path | None = None
    openai_api_key: SecretStr = Field(SecretStr(""), validation_alias="OPENAI_API_KEY")
    openai_base_url: str = Field("", validation_alias="OPENAI_BASE_URL")
    #: The most seconds a person waits for a turn, retries included.
    model_timeout: float = Field(20.0, ge=0.2, le=120)
    #: Tokens that one person may use in a day; 0 for no limit.
    daily_tokens: int = Field(0, ge=0)
    allow_tracing: bool = False
    #: A Chroma server; without one the index lies in the data folder.
    chroma_url: str = ""

    def database(self) -> str:
        """The database's address; SQLite in the data folder unless one is set."""
        return self.database_url or f"sqlite:///{self.data_dir.expanduser() / 'attune.sqlite3'}"

    @property
    def has_model(self) -> bool:
        """Whether a language model can play."""
        return bool(self.model or self.gguf)


def variable(field: str) -> str:
    """The environment variable of a setting."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"ATTUNE_{field.upper()}"


def load_settings() -> Settings:
    """The settings of this process; SettingsError says which one is wrong and why."""
    try:
        return Settings()
    except ValidationError as error:
        problems = (f"{_named(str(e['loc'][0]))}: {e['msg']}" for e in error.errors())
        raise SettingsError("; ".join(problems)) from error


def _named(loc: str) -> str:
    return variable(loc) if loc in Settings.model_fields else loc.upper()
