"""What a server does when more is asked than it can answer, and when it is told to stop."""
