"""A file system in memory whose power can fail: what was not synced is gone.

Run as `python shim.py FOLDER`, it stands at FOLDER until it is unmounted. Every file has
two contents: the live one, and the durable one as of its last fsync. Words written to
FOLDER/.control change the weather: `power` throws the live contents away, `full` lets no
file grow, `read-only` lets nothing be written, `fine` ends both.

Its limits: names and sizes of folders are durable at once, and no sector is torn.
"""

import errno
import os
import stat
import sys
import time

import mfusepy as fuse

CONTROL = "/.control"
MAPPED = "-shm"
"""SQLite's memory shared by processes. Pages of a mapped file stay in the system's memory and
seen by all, whether or not a disk takes them; here the system asks us to keep them, and drops
what we refuse.
"""


class Memory(fuse.Operations):
    """Files as byte arrays, by path."""

    use_ns = True

    def __init__(self) -> None:
        now = time.time_ns()
        self.folders = {"/": self._attributes(stat.S_IFDIR | 0o700, now)}
        self.files: dict[str, bytearray] = {}
        self.durable: dict[str, bytes] = {}
        self.about: dict[str, dict] = {}
        self.weather = "fine"

    @staticmethod
    def _attributes(mode, now):
        return {
            "st_mode": mode,
            "st_nlink": 2 if stat.S_ISDIR(mode) else 1,
            "st_uid": os.getuid(),
            "st_gid": os.getgid(),
            "st_ctime": now,
            "st_mtime": now,
            "st_atime": now,
        }

    def _refuse_writing(self, *, grows=False):
        if self.weather == "read-only":
            raise fuse.FuseOSError(errno.EROFS)
        if self.weather == "full" and grows:
            raise fuse.FuseOSError(errno.ENOSPC)

    def _file(self, path):
        if path not in self.files:
            raise fuse.FuseOSError(errno.ENOENT)
        return self.files[path]

    def getattr(self, path, fh=None):
        if path in self.folders:
            return self.folders[path]
        return {**self.about.get(path, {}), "st_size": len(self._file(path))}

    def readdir(self, path, fh):
        within = path.rstrip("/") + "/"
        names = {
            known[len(within) :].split("/")[0]
            for known in (*self.files, *self.folders)
            if known.startswith(within) and known != within
        }
        return [".", "..", *sorted(names - {""})]

    def mkdir(self, path, mode):
        self._refuse_writing(grows=True)
        self.folders[path] = self._attributes(stat.S_IFDIR | mode, time.time_ns())

    def rmdir(self, path):
        self._refuse_writing()
        del self.folders[path]

    def create(self, path, mode, fi=None):
        if path != CONTROL:
            self._refuse_writing(grows=True)
        self.files[path] = bytearray()
        self.durable[path] = b""
        self.about[path] = self._attributes(stat.S_IFREG | mode, time.time_ns())
        return 0

    def open(self, path, flags):
        self._file(path)
        if path != CONTROL and flags & (os.O_WRONLY | os.O_RDWR):
            self._refuse_writing()
        return 0

    def read(self, path, size, offset, fh):
        return bytes(self._file(path)[offset : offset + size])

    def write(self, path, data, offset, fh):
        if path == CONTROL:
            self._change_weather(data.decode().strip())
            return len(data)
        live = self._file(path)
        if not path.endswith(MAPPED):
            self._refuse_writing(grows=offset + len(data) > len(live))
        if offset > len(live):
            live.extend(bytes(offset - len(live)))
        live[offset : offset + len(data)] = data
        self.about[path]["st_mtime"] = time.time_ns()
        return len(data)

    def truncate(self, path, length, fh=None):
        live = self._file(path)
        if path != CONTROL:
            self._refuse_writing(grows=length > len(live))
        del live[length:]
        live.extend(bytes(length - len(live)))

    def unlink(self, path):
        self._refuse_writing()
        for known in (self.files, self.durable, self.about):
            known.pop(path, None)

    def rename(self, old, new):
        self._refuse_writing()
        for known in (self.files, self.durable, self.about):
            known[new] = known.pop(old)

    def chmod(self, path, mode):
        known = self.folders if path in self.folders else self.about
        known[path]["st_mode"] = stat.S_IFMT(known[path]["st_mode"]) | mode

    def chown(self, path, uid, gid):
        return None

    def utimens(self, path, times=None):
        return None

    def fsync(self, path, datasync, fh):
        if path != CONTROL:
            self._refuse_writing()
            self.durable[path] = bytes(self._file(path))

    def fsyncdir(self, path, datasync, fh):
        return None

    def statfs(self, path):
        free = 0 if self.weather == "full" else 1 << 20
        return {
            "f_bsize": 4096,
            "f_frsize": 4096,
            "f_blocks": 1 << 20,
            "f_bfree": free,
            "f_bavail": free,
            "f_namemax": 255,
        }

    def _change_weather(self, word):
        if word == "power":
            for path in self.files:
                self.files[path] = bytearray(self.durable[path])
        else:
            self.weather = word


if __name__ == "__main__":
    fuse.FUSE(Memory(), sys.argv[1], foreground=True, nothreads=True, fsname="openipt")
