"""What is done beside the running system, each in a process of its own and in one snapshot?"""
