"""Which commands does the command line offer? One short module a group."""
