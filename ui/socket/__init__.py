"""Commands and the server of the same home: a socket in the home over which a server carries them out."""
