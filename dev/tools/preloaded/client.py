"""A Python program for tests: passes the call to the server, or runs the real program while there is no server.

PRELOADED_AWS or PRELOADED_MOTO_SERVER: the server's folder and the process that it ends with. The lines before this
text set NAME, REAL and SERVER.
"""
import array
import os
import socket
import sys


def main():
    folder, _, owner = os.environ.get(f"PRELOADED_{NAME.upper()}", "").rpartition(":")
    if not folder:
        os.execv(REAL, [REAL, *sys.argv[1:]])
    server = socket.socket(socket.AF_UNIX)
    try:
        server.connect(os.path.join(folder, "socket"))
    except OSError:
        if not os.path.exists(folder):
            null = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in range(3)]
            command = [sys.executable, SERVER, NAME, folder, owner]
            os.posix_spawn(sys.executable, command, os.environ, file_actions=null, setsid=True)
        os.execv(REAL, [REAL, *sys.argv[1:]])
    args = sys.argv[1:]
    environment = [f"{name}={value}" for name, value in os.environ.items()]
    call = b"\0".join(map(os.fsencode, [os.getcwd(), str(len(args)), *args, *environment]))
    fds = array.array("i", [0, 1, 2])
    server.sendmsg([len(call).to_bytes(8, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
    server.sendall(call)
    code = server.recv(1)
    os._exit(code[0] if code else 255)


main()
