"""The library of role-plays: YAML files, their schema, loading and linting."""
