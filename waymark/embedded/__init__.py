"""Which database and broker run as children of the supervisor where none is given?"""
