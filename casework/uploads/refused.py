class Refused(Exception):
    """A file is not kept; the message says why and what to do, and quotes nothing of the file."""
