"""The library in disk.c, and how a program is told to load it."""

import errno
import os
import pathlib
import shutil
import subprocess

from congregation import Wrong


def compiler():
    """The C compiler; None where there is none."""
    return shutil.which("cc") or shutil.which("gcc")


class Shim:
    """The library, built in a folder."""

    def __init__(self, folder):
        if not compiler():
            raise Wrong("cc is missing. Install gcc and libc6-dev.")
        self.library = pathlib.Path(folder) / "disk.so"
        self.note, self.armed = self.library.with_name("note"), self.library.with_name("armed")
        source = pathlib.Path(__file__).with_name("disk.c")
        subprocess.run([compiler(), "-shared", "-fPIC", "-o", self.library, source, "-ldl"], check=True)

    def relaxed(self):
        """An environment in which SQLite flushes at checkpoints alone."""
        return os.environ | {"LD_PRELOAD": str(self.library), "RELAXED": "1"}

    def failing(self, fault, position, when_armed=False):
        """An environment in which the disk fails at a position. Forgets earlier failures."""
        self.note.unlink(missing_ok=True)
        self.armed.unlink(missing_ok=True)
        found = os.environ | {
            "LD_PRELOAD": str(self.library), "FAIL_AT": str(position), "FAIL_WITH": str(fault.error),
            "FAIL_NOTE": str(self.note)}
        if fault.lasts:
            found["FAIL_ON"] = "1"
        if when_armed:
            found["FAIL_ARMED"] = str(self.armed)
        return found

    def arm(self):
        self.armed.touch()

    @property
    def has_failed(self):
        return self.note.exists()


class Fault:
    """How the disk fails: once, or from then on."""

    def __init__(self, error, lasts):
        self.error, self.lasts = error, lasts

    def __str__(self):
        return errno.errorcode[self.error] + (" from there on" if self.lasts else " once")


FAULTS = [Fault(error, lasts) for error in (errno.EIO, errno.ENOSPC) for lasts in (False, True)]
