"""Who may see what. Every query for practice goes through the one rule here."""

from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col

from progress.tables import PracticePlay


def sees_practice(user: UUID) -> ColumnElement[bool]:
    """The condition on PracticePlay: practice is seen by its owner and by nobody else."""
    return col(PracticePlay.owner) == user
