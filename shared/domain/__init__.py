"""Which words, dates, events and tables do all services share, free of any input or output?"""
