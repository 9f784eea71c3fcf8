"""Makes the guard's encoder of who speaks: ``python -m trainer.guard.training``."""
