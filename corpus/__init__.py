"""Documents to passages: reading, repair of scraping damage, script folding, cutting."""
