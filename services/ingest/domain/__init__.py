"""What does ingest decide, free of any input or output?"""
