"""A library that several machines share: tables and files in PostgreSQL, the indexes in Milvus."""
