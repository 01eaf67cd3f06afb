"""Every answer over the samples and the development sets, dumped, and two dumps compared."""
