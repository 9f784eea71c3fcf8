"""How the learned labeller is made: ``python -m rubrics.acts.training.run``. Needs ``.[train]``."""
