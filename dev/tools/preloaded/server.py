"""A Python program, imported once: each call is a fork of this process, which has nothing left to import.

Arguments: the program, the folder of its socket, and the process that it ends with. It serves no more than one
folder: the first server creates it, and another one ends.
"""
import array
import os
import select
import shutil
import signal
import socket
import sys
import threading
import traceback

CHECK_SECONDS = 1
FDS = array.array("i", [0, 1, 2])


def load_aws():
    from awscli.clidriver import create_clidriver, main

    create_clidriver()  # Imports its plugins.
    return main


def load_moto_server():
    from moto.moto_server.werkzeug_app import create_backend_app
    from moto.server import main

    for service in ("iam", "s3", "sts"):
        create_backend_app(service)  # Imports its models, and compiles its routes.
    return main


PROGRAMS = {"aws": load_aws, "moto_server": load_moto_server}


def serve(name, folder, owner):
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        return
    before = dict(os.environ)
    main = PROGRAMS[name]()
    # Where awscli has its data: it says so in the environment when it is imported.
    own = dict(os.environ.items() - before.items())
    listener = socket.socket(socket.AF_UNIX)
    unfinished = os.path.join(folder, "unfinished")
    listener.bind(unfinished)
    listener.listen(64)
    os.rename(unfinished, os.path.join(folder, "socket"))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while is_running(owner):
        if select.select([listener], [], [], CHECK_SECONDS)[0]:
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                answer(connection, own, name, main)
            connection.close()
    shutil.rmtree(folder)


def is_running(process):
    try:
        os.kill(process, 0)
        return True
    except ProcessLookupError:
        return False


def answer(connection, own, name, main):
    """Runs one call with the caller's files, folder and environment; ends this process."""
    code = 255
    try:
        cwd, count, *texts = receive(connection)
        sys.argv = [name, *texts[: int(count)]]
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update([text.split("=", 1) for text in texts[int(count) :]], **own)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        sys.stdin = open(0, encoding="utf-8")
        sys.stdout = open(1, "w", encoding="utf-8")
        sys.stderr = open(2, "w", encoding="utf-8", buffering=1)
        threading.Thread(target=end_with, args=[connection], daemon=True).start()
        code = main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                code = code or 1
        connection.sendall(bytes([code & 255]))
        os._exit(0)


def receive(connection):
    head, ancillary, _, _ = connection.recvmsg(8, socket.CMSG_LEN(len(FDS) * FDS.itemsize))
    fds = array.array("i", ancillary[0][2])
    for target, fd in enumerate(fds):
        os.dup2(fd, target)
        os.close(fd)
    left = int.from_bytes(head, "big")
    parts = []
    while left > 0:
        part = connection.recv(left)
        if not part:
            os._exit(0)
        parts.append(part)
        left -= len(part)
    return [os.fsdecode(text) for text in b"".join(parts).split(b"\0")]


def end_with(connection):
    """The caller was killed."""
    if not connection.recv(1):
        os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2], int(sys.argv[3]))
