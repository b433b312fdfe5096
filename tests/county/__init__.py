"""Does the pure core, without any I/O, reach what an independent recount expects of a county-year?"""
