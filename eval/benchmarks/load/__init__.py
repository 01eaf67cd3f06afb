"""A server under load: many clients, a long time, kills, and any request that its description allows."""
