"""The command line; :mod:`wenju.ui.cli.commands` is where it begins."""
