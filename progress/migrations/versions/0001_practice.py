"""Users and their practice: plays, turns, hints, self-ratings and scores.

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _users()
    _play()
    _hint()
    _scorecard()
    _self_rating()
    _turn()
    _score()


def downgrade() -> None:
    op.drop_table("practice_score")
    op.drop_table("practice_turn")
    op.drop_table("practice_self_rating")
    op.drop_table("practice_scorecard")
    op.drop_table("practice_hint")
    op.drop_table("practice_play")
    op.drop_table("users")


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
    )


def _play() -> None:
    op.create_table(
        "practice_play",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("scenario_id", sa.String(), nullable=False),
        sa.Column("scenario_version", sa.String(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("counterpart_version", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("retry_of", sa.Uuid(), nullable=True),
        sa.Column("retry_turn", sa.Integer(), nullable=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("opening_state", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(phase = 'conversation') = (ended_at IS NULL)", name=op.f("ck_practice_play_ended_at")
        ),
        sa.CheckConstraint(
            "ending IN ('resolved', 'partly_resolved', 'walked_away', 'open')",
            name=op.f("ck_practice_play_ending"),
        ),
        sa.CheckConstraint("mode = 'practice'", name=op.f("ck_practice_play_mode")),
        sa.CheckConstraint(
            "phase IN ('conversation', 'self_rating', 'debrief')",
            name=op.f("ck_practice_play_phase"),
        ),
        sa.ForeignKeyConstraint(
            ["owner"], ["users.id"], name=op.f("fk_practice_play_owner_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_play")),
    )
    op.create_index(op.f("ix_practice_play_owner"), "practice_play", ["owner"])


def _hint() -> None:
    op.create_table(
        "practice_hint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("play_id", sa.Uuid(), nullable=False),
        sa.Column("before_turn", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("depth BETWEEN 1 AND 3", name=op.f("ck_practice_hint_depth")),
        sa.ForeignKeyConstraint(
            ["play_id"],
            ["practice_play.id"],
            name=op.f("fk_practice_hint_play_id_practice_play"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_hint")),
    )
    op.create_index(op.f("ix_practice_hint_play_id"), "practice_hint", ["play_id"])


def _scorecard() -> None:
    op.create_table(
        "practice_scorecard",
        sa.Column("play_id", sa.Uuid(), nullable=False),
        sa.Column("rubric", sa.String(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("flagged_turns", sa.JSON(), nullable=False),
        sa.Column("state_trace", sa.JSON(), nullable=False),
        sa.Column("assisted", sa.Boolean(), nullable=False),
        sa.Column("retry_of", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audit_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["play_id"],
            ["practice_play.id"],
            name=op.f("fk_practice_scorecard_play_id_practice_play"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("play_id", name=op.f("pk_practice_scorecard")),
    )


def _self_rating() -> None:
    op.create_table(
        "practice_self_rating",
        sa.Column("play_id", sa.Uuid(), nullable=False),
        sa.Column("competency", sa.String(), nullable=False),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_practice_self_rating_level")),
        sa.ForeignKeyConstraint(
            ["play_id"],
            ["practice_play.id"],
            name=op.f("fk_practice_self_rating_play_id_practice_play"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("play_id", "competency", name=op.f("pk_practice_self_rating")),
    )


def _turn() -> None:
    op.create_table(
        "practice_turn",
        sa.Column("play_id", sa.Uuid(), nullable=False),
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("counterpart", sa.Text(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("beat", sa.JSON(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("assisted", sa.Boolean(), nullable=False),
        sa.Column("client_token", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["play_id"],
            ["practice_play.id"],
            name=op.f("fk_practice_turn_play_id_practice_play"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("play_id", "index", name=op.f("pk_practice_turn")),
        sa.UniqueConstraint(
            "play_id", "client_token", name=op.f("uq_practice_turn_play_id_client_token")
        ),
    )


def _score() -> None:
    op.create_table(
        "practice_score",
        sa.Column("play_id", sa.Uuid(), nullable=False),
        sa.Column("competency", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("level", sa.Float(), nullable=True),
        sa.Column("se", sa.Float(), nullable=True),
        sa.Column("raw_levels_by_model", sa.JSON(), nullable=False),
        sa.Column("calibrated", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("caps_applied", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("audit_hash", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(status = 'rated') = (level IS NOT NULL)", name=op.f("ck_practice_score_level")
        ),
        sa.CheckConstraint(
            "status IN ('rated', 'no_opportunity', 'not_rated')",
            name=op.f("ck_practice_score_status"),
        ),
        sa.ForeignKeyConstraint(
            ["play_id"],
            ["practice_scorecard.play_id"],
            name=op.f("fk_practice_score_play_id_practice_scorecard"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("play_id", "competency", name=op.f("pk_practice_score")),
        sa.UniqueConstraint("play_id", "position", name=op.f("uq_practice_score_play_id_position")),
    )
