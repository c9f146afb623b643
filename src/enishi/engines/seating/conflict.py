from .model import Instance


def check(instance: Instance) -> None:
    """todo"""
