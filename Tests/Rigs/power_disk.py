"""A disk whose power can be cut: ext4 in a file, through a loop device. Takes root."""

import fcntl
import os
import pathlib
import subprocess

from congregation import Wrong

EXT4_SHUTDOWN = 0x8004587D
"""_IOR('X', 125, __u32)"""
WITHOUT_FLUSHING = (2).to_bytes(4, "little")
MEGABYTES = 128
"""Nothing is written back but what somebody waits for: no commit by the clock, and none at a rename."""
OPTIONS = "loop,commit=600,noauto_da_alloc"


class PowerDisk:
    """What the kernel has not been asked to flush is lost at a cut; what it has been asked to is in the file."""

    def __init__(self, folder):
        self.image, self.point = pathlib.Path(folder) / "disk.ext4", pathlib.Path(folder) / "disk"
        self.point.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(MEGABYTES << 20)
        command("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", self.image)

    def mount(self):
        command("mount", "-o", OPTIONS, self.image, self.point)

    def cut(self):
        """From here on nothing reaches the file, not even ext4's journal."""
        point = os.open(self.point, os.O_RDONLY)
        try:
            fcntl.ioctl(point, EXT4_SHUTDOWN, WITHOUT_FLUSHING)
        finally:
            os.close(point)

    def unmount(self):
        command("umount", self.point)


def command(*arguments):
    try:
        done = subprocess.run(arguments, capture_output=True, text=True)
    except FileNotFoundError:
        raise Wrong(f"{arguments[0]} is missing. Install mount and e2fsprogs.") from None
    if done.returncode != 0:
        raise Wrong(f"{' '.join(map(str, arguments))} failed: {done.stderr.strip()} This rig takes root and loop "
                    "devices.")
