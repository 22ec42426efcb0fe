"""What stands before several processes of one site: each new connection goes to the next one."""

import socket
from contextlib import suppress
from itertools import cycle
from threading import Thread


class Balancer:
    """Passes bytes on, both ways. ``port`` is known before it starts."""

    def __init__(self) -> None:
        self._ear = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._ear.getsockname()[1]
        self._lines: list[socket.socket] = []
        self._threads: list[Thread] = []

    def start(self, *ports: int) -> None:
        """:param ports: of the processes"""
        self._ports = cycle(ports)
        self._begin(self._listen)

    def _begin(self, work, *arguments: socket.socket) -> None:
        self._threads.append(Thread(target=work, args=arguments, daemon=True))
        self._threads[-1].start()

    def _listen(self) -> None:
        with suppress(OSError):  # it is closed
            while True:
                near, _ = self._ear.accept()
                far = socket.create_connection(("127.0.0.1", next(self._ports)))
                self._lines += [near, far]
                self._begin(_pass_on, near, far)
                self._begin(_pass_on, far, near)

    def close(self) -> None:
        hang_up(self._ear)
        self._threads[0].join()
        for line in self._lines:
            hang_up(line)
        for thread in self._threads:
            thread.join()
        for line in (self._ear, *self._lines):
            line.close()


def hang_up(line: socket.socket) -> None:
    """Whoever waits for it goes on."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    hang_up(target)
