"""Training of the encoder's adapter: ``python -m wenju.eval.training.encoder``."""
