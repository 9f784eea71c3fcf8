"""The record: what was practised, scored and learned. Knows nothing of pages or models."""
