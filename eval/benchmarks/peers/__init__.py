"""How fast other systems index and find, beside Wenju: one run, one machine, the same passages and vectors."""
