"""The commands of `vanban`, one module a command.

A module imports what its command needs when the command is called, so that `vanban --help` starts at once.
"""
