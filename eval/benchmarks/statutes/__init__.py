"""Whether passages of statutes bear the right articles, counted apart: the whole archives, every article."""
