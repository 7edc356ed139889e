"""A congregation of the real programs in one folder: a hub that serves, and laptops."""

import json
import pathlib
import shutil
import subprocess
import tempfile


class Wrong(Exception):
    """Something does not hold that must."""


def require(holds, what):
    if not holds:
        raise Wrong(what)


class Done:
    """What a command left: its exit code (negative: the signal that ended it) and its texts."""

    def __init__(self, arguments, code, text, errors):
        self.arguments, self.code, self.text, self.errors = arguments, code, text, errors

    @property
    def document(self):
        """The JSON document that it printed."""
        return json.loads(self.text)

    def succeeded(self):
        require(self.code == 0, f"{self} ended with {self.code}: {self.errors}")
        return self

    def __str__(self):
        return " ".join(str(argument)[:60] for argument in self.arguments)


class Running:
    """A command that runs. Its texts go to files, so that no pipe fills up."""

    def __init__(self, arguments, environment=None):
        self.arguments = arguments
        self.files = [tempfile.TemporaryFile() for _ in range(2)]
        self.process = subprocess.Popen(
            [str(argument) for argument in arguments], stdin=subprocess.DEVNULL, stdout=self.files[0],
            stderr=self.files[1], env=environment)

    @property
    def is_alive(self):
        return self.process.poll() is None

    def kill(self):
        """kill -9. Returns whether it still ran."""
        if self.is_alive:
            self.process.kill()
        return self.process.wait() == -9

    def finish(self, seconds=120):
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Wrong(f"{' '.join(map(str, self.arguments))} does not end.") from None
        texts = []
        for file in self.files:
            file.seek(0)
            texts.append(file.read().decode())
            file.close()
        return Done(self.arguments, code, *texts)


class Laptop:
    """A notebook, and `fieldbook` on it."""

    def __init__(self, program, path):
        self.program, self.path = program, pathlib.Path(path)

    def start(self, *arguments, environment=None):
        return Running([self.program, *arguments, "--notebook", self.path, "--json"], environment)

    def run(self, *arguments, environment=None):
        return self.start(*arguments, environment=environment).finish()


class Hub:
    """A hub's folder, `fieldbook-hub` on it, and the one that serves."""

    def __init__(self, program, data):
        self.program, self.data = program, pathlib.Path(data)
        self.server, self.port = None, 0

    def start(self, *arguments, environment=None):
        return Running([self.program, *arguments, "--data", self.data, "--json"], environment)

    def run(self, *arguments, environment=None):
        return self.start(*arguments, environment=environment).finish()

    def begin_to_serve(self, environment=None):
        """Starts the server, on the port of last time, and does not wait for it."""
        self.server = subprocess.Popen(
            [self.program, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", "--json"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)

    def serve(self, environment=None):
        """Starts the server, and waits until it listens."""
        self.begin_to_serve(environment)
        line = self.server.stdout.readline()
        if not line:
            _, errors = self.server.communicate()
            raise Wrong(f"The hub does not start: {errors.decode()}")
        self.port = int(json.loads(line)["url"].rsplit(":", 1)[1])

    def kill(self):
        self.server.kill()
        return self.end()

    def stop(self):
        self.server.terminate()
        return self.end()

    def end(self):
        """Waits for the server's end. Returns its exit code and what it said."""
        _, errors = self.server.communicate(timeout=60)
        code, self.server = self.server.returncode, None
        return code, errors.decode()

    def invite(self, name):
        made = self.run("invite", "--name", name, "--role", "organizer", "--expires", "1d")
        return made.succeeded().document["invitation"]


class Congregation:
    """A hub that serves, and laptops that have joined it. Use it with `with`."""

    def __init__(self, programs, names=("Ana", "Ben", "Carla"), hub_folder=None, folder=None):
        self.programs = pathlib.Path(programs)
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="fieldbook-rig-"))
        self.hub = Hub(self.programs / "fieldbook-hub", hub_folder or self.folder / "hub")
        self.hub.run("init", "--congregation", "St. Mark").succeeded()
        self.hub.serve()
        self.laptops = {name: self.add(name) for name in names}

    def add(self, name, path=None):
        laptop = Laptop(self.programs / "fieldbook", path or self.folder / f"{name}.sqlite")
        laptop.run("init", "--name", name).succeeded()
        laptop.run("join", self.hub.invite(name)).succeeded()
        return laptop

    def become_even(self):
        """Syncs all until nobody has anything to send or to receive."""
        for _ in range(10):
            reports = [laptop.run("sync").succeeded().document for laptop in self.laptops.values()]
            if all(report["even"] and report["sent"] == report["received"] == 0 for report in reports):
                return
        raise Wrong("Ten rounds of syncs are not enough to get even.")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.hub.server:
            self.hub.kill()
        if kind is None:
            shutil.rmtree(self.folder)
        else:
            print(f"The files are in {self.folder}.", flush=True)
