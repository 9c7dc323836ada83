"""Limits that a process of our own sets for itself before it takes what may run long or swell."""


def limit_process(seconds: int, memory: int) -> None:
    """Limit this process to `seconds` of the processor's time and `memory` bytes of addresses.

    Where the system knows no such limits, or lower ones are set already, it goes on without.
    """
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    limits = ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory))
    for which, most in limits:
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError):  # a lower limit is set already, or the system has none
            continue
