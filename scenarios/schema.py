"""``scenario.schema.json``: generated from the model, so that editors complete and check files.

Run ``python -m scenarios.schema`` after a change of the model; a test holds the two together.
"""

import json
from pathlib import Path
from typing import Any

from scenarios.model import Scenario

SCHEMA_FILE = Path(__file__).parent / "scenario.schema.json"


def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file."""
    generated = Scenario.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **generated}


def schema_text() -> str:
    """The file as it should be."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
