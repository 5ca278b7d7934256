"""The listening socket, and as many files as the system gives."""
import resource
import socket

BACKLOG = 4096


def listen(host: str, port: int) -> socket.socket:
    """Accepted sockets inherit TCP_NODELAY: without it small answers wait 40 ms for a delayed acknowledgement."""
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    made.bind((host, port))
    made.listen(BACKLOG)
    made.setblocking(False)
    return made


def raise_file_limit() -> int:
    """Each connection is a file. Returns how many there may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
