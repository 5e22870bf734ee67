# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the tests of the system service share: skips that are seen, an installed tree, and a system
bus of our own with the daemon on it."""
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = os.environ["SOURCE_ROOT"]
BUILD = os.environ["BUILD_ROOT"]
WITH_POLKIT = bool(os.environ["WITH_POLKIT"])
SKIPPED = 77  # for meson
CLONE_NEWNS = 0x20000


def source(*path):
    return os.path.join(SOURCE, *path)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            raise unittest.SkipTest(f"there is no {program}")


def run(*command, **options):
    """Its exit status is for the caller to look at; the two outputs come as one text."""
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, timeout=60, **options)


def main():
    result = unittest.main(exit=False, verbosity=2).result
    if result.skipped and len(result.skipped) >= result.testsRun:
        sys.exit(SKIPPED)
    sys.exit(not result.wasSuccessful())


def installed_tree(directory):
    """Installs into directory; only as Debian does are the places known."""
    if os.environ["PREFIX"] != "/usr" or os.environ["SYSCONFDIR"] != "/etc":
        raise unittest.SkipTest("the prefix is not /usr, or sysconfdir not /etc")
    need("meson")
    done = run("meson", "install", "--no-rebuild", "-C", BUILD, "--destdir", directory)
    if done.returncode:
        raise RuntimeError(done.stdout)


# ---- a system of our own ----

def enter_namespace():
    """From here on what is mounted is for this process and its children alone."""
    if os.geteuid() != 0:
        raise unittest.SkipTest("it takes root to have callers of several users")
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS) != 0:
        raise unittest.SkipTest("no mount namespace: " + os.strerror(ctypes.get_errno()))
    if run("mount", "--make-rprivate", "/").returncode:
        raise unittest.SkipTest("nothing can be mounted here")


def mount_over(new, old):
    subprocess.run(["mount", "--bind", new, old], check=True)


class System:
    """A folder, users as our sysusers file makes them, and a member of the group."""

    def __init__(self):
        need("setpriv", "systemd-sysusers", "dbus-daemon", "gdbus")
        enter_namespace()
        self.directory = tempfile.mkdtemp(prefix="mu709d-test.")
        os.chmod(self.directory, 0o755)  # for all users
        self.processes = []
        self.environment = dict(os.environ, DBUS_SYSTEM_BUS_ADDRESS="unix:path=" + self.path("bus"))
        self._make_users()

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def _make_users(self):
        for name in ("passwd", "group"):
            write(self.path("root/etc", name), read(os.path.join("/etc", name)))
        write(self.path("root/usr/lib/sysusers.d/mu709d.conf"),
              read(source("systemd/mu709d.sysusers")))
        subprocess.run(["systemd-sysusers", "--root=" + self.path("root")], check=True)
        groups = read(self.path("root/etc/group")).splitlines()
        line = next(line for line in groups if line.startswith("mu709:"))
        self.gid = line.split(":")[2]
        groups[groups.index(line)] = line + ("," if not line.endswith(":") else "") + "mu709-member"
        write(self.path("root/etc/group"), "\n".join(groups) + "\nmu709-member:x:60709:\n")
        with open(self.path("root/etc/passwd"), "a", encoding="utf-8") as file:
            file.write("mu709-member:x:60709:60709::/:/bin/sh\n")
        for name in ("passwd", "group"):
            mount_over(self.path("root/etc", name), os.path.join("/etc", name))

    def caller(self, who):
        """setpriv's options for root, a member of the group (as /etc/group says it), a service that
        has been given the group without being a member, somebody else, the daemon."""
        return {
            "root": ["--clear-groups"],
            "member": ["--reuid=mu709-member", "--regid=mu709-member", "--init-groups"],
            "service": ["--reuid=65534", "--regid=65534", "--groups=" + self.gid],
            "nobody": ["--reuid=65534", "--regid=65534", "--clear-groups"],
            "mu709": ["--reuid=mu709", "--regid=mu709", "--init-groups"],
        }[who]

    def start(self, who, *command, **options):
        """What it writes goes into the file log, if options do not say otherwise."""
        with open(self.path("log"), "a", encoding="utf-8") as log:
            options = {"stdout": log, "stderr": log, "cwd": "/", **options}
            process = subprocess.Popen(["setpriv", *self.caller(who), *command],
                                       env=self.environment, **options)
        self.processes.append(process)
        return process

    def start_bus(self, policy, *more):
        """A bus of the system's kind; policy and more are files of policies besides its own."""
        includes = "".join(f"<include>{file}</include>" for file in (policy, *more))
        config = read(os.path.join(os.path.dirname(__file__), "system-bus.conf.in"))
        write(self.path("bus.conf"), config.replace("@SOCKET@", self.path("bus"))
              .replace("@INCLUDES@", includes))
        self.start("root", "dbus-daemon", "--nofork", "--nopidfile", "--config-file",
                   self.path("bus.conf"))
        wait_until(lambda: os.path.exists(self.path("bus")), "the bus")

    def start_daemon(self, config=""):
        """As its unit does: as mu709, with a folder for its state; without a module."""
        for name in ("state", "bin"):
            os.makedirs(self.path(name), exist_ok=True)
        run("chown", "mu709:mu709", self.path("state"))
        shutil.copy(os.environ["MU709D"], self.path("bin/mu709d"))  # mu709 may not see the original
        daemon = self.start("mu709", self.path("bin/mu709d"), "--config",
                            write(self.path("mu709d.conf"), config), "--state-directory",
                            self.path("state"), "--port", "pcui=/nonexistent")
        self.wait_for_name("org.mu709")
        return daemon

    def wait_for_name(self, name):
        if run("gdbus", "wait", "--system", "--timeout", "20", name,
               env=self.environment).returncode:
            raise RuntimeError(f"nobody is {name}\n{read(self.path('log'))}")

    def call(self, who, method, *arguments, name="org.mu709", path="/org/mu709"):
        """The answer, or gdbus's text of the error."""
        return run("setpriv", *self.caller(who), "gdbus", "call", "--system", "--dest", name,
                   "--object-path", path, "--method", method, *arguments, cwd="/",
                   env=self.environment)

    def stop(self):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(20)
        self.processes = []
        for name in ("bus", "log"):
            if os.path.exists(self.path(name)):
                os.unlink(self.path(name))

    def remove(self):
        self.stop()
        for name in ("passwd", "group"):
            run("umount", os.path.join("/etc", name))
        shutil.rmtree(self.directory)


def wait_until(condition, what, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(f"{what}: not within {seconds} s")
        time.sleep(0.02)
