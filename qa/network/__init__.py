"""The network that reads a question and a passage together: its base, weights, inputs and scores."""
