"""One module to each family of file formats: bytes to sources."""
