"""A Python program, imported once: each call is a fork of this process, which has nothing left to import.

Arguments: the program, the folder of its socket, and the process that it ends with. It serves no more than one
folder: the first server creates it, and another one ends.
"""
import array
import gc
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


SERVICES = ("iam", "s3", "sts")
DATA = ("endpoint-rule-set-1", "paginators-1")


def load_aws():
    from awscli.clidriver import create_clidriver, main
    from botocore import hooks, loaders

    # What each call would read and look for anew, three quarters of its time: the models of the services, and which
    # there are. All of it is in botocore's own files.
    loaders.JSONFileLoader.load_file = once(loaders.JSONFileLoader.load_file, lambda _, file_path: file_path)
    loaders.Loader.list_available_services = once(
        loaders.Loader.list_available_services, lambda loader, type_name: (*loader.search_paths, type_name)
    )
    hooks.accepts_kwargs = once(hooks.accepts_kwargs, lambda func: func)
    session = create_clidriver().session  # Imports its plugins.
    keys = {"aws_access_key_id": "none", "aws_secret_access_key": "none"}
    for service in SERVICES:
        session.create_client(service, region_name="us-east-1", **keys).close()
        for data in DATA:
            session.get_component("data_loader").load_service_model(service, data)
    return main


def once(function, key):
    """The function, which is called once for each key: the next call gets the same answer."""
    known = {}

    def remembered(*args, **named):
        place = key(*args, **named)
        if place not in known:
            known[place] = function(*args, **named)
        return known[place]

    return remembered


def load_moto_server():
    from moto import backends
    from moto.core import responses
    from moto.moto_server.werkzeug_app import create_backend_app
    from moto.server import main

    # Each request would look for them anew, a third of its time.
    modules = tuple(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules
    responses.method_names_from_class = once(responses.method_names_from_class, lambda clazz: clazz)

    for service in ("iam", "s3", "sts"):
        create_backend_app(service)  # Imports its models, and compiles its routes.
    return main


PROGRAMS = {"aws": load_aws, "moto_server": load_moto_server}


def serve(name, folder, owner):
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        return
    # The settings of the caller that came first are not those of the others.
    for variable in [variable for variable in os.environ if variable.startswith("AWS_")]:
        del os.environ[variable]
    os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    before = dict(os.environ)
    main = PROGRAMS[name]()
    # A fork's collector does not visit, and so not copy, what was there before it.
    gc.collect()
    gc.freeze()
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
