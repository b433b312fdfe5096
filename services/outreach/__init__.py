"""Whom should the Service contact next, what was tried, and what comes after?"""
