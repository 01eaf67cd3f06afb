"""The API that programs for chat models speak: Wenju as one of their models."""
