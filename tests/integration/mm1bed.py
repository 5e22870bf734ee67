# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the tests of the ModemManager1 facade with Debian's own programs share: a network of our own,
with a bus that is the system's for those programs, a simulated module and the daemon."""
import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PATIENCE = 40  # seconds, of a build with sanitizers on a busy machine
SKIPPED = 77   # for meson
CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000
SIM_SPEED = "5"

WIRE = "mdm0"          # the module's network interface, as this machine sees it
FAR_WIRE = "net0"      # its other end, in the network's own namespace
GATEWAY = "10.64.0.1"  # who answers there
POOL = "10.64.0.10,10.64.0.50"

daemon, simulator = sys.argv[1:3]


def run(*command, **options):
    """Its exit status is for the caller to look at; the two outputs come as one text."""
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, timeout=PATIENCE + 100, **options)


def must(*command):
    done = run(*command)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout}")
    return done.stdout


def wait_until(condition, what, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.05)


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            raise unittest.SkipTest(f"there is no {program}")


def enter_namespaces():
    """From here on what is mounted and what is on the network is for this process and its children
    alone."""
    if os.geteuid() != 0:
        raise unittest.SkipTest("it takes root to have a network of our own")
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS | CLONE_NEWNET) != 0:
        raise unittest.SkipTest("no namespaces: " + os.strerror(ctypes.get_errno()))
    if run("mount", "--make-rprivate", "/").returncode:
        raise unittest.SkipTest("nothing can be mounted here")
    if run("mount", "-t", "sysfs", "sysfs", "/sys").returncode:
        raise unittest.SkipTest("no /sys of our own")
    must("ip", "link", "set", "lo", "up")


class House:
    """Programs that run until the end, the files they have, and how they are told."""

    def __init__(self):
        need("dbus-daemon", "gdbus", "mmcli")
        self.directory = tempfile.mkdtemp(prefix="mu709d-test.")
        self.processes = []
        self.net = None
        self.module = self.path("module")
        self.config = ""

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def start(self, *command, **options):
        """What it writes goes into a file called as the program."""
        name = os.path.basename(command[0])
        with open(self.path(name + ".log"), "a", encoding="utf-8") as log:
            process = subprocess.Popen(command, **{"stdout": log, "stderr": log, **options})
        self.processes.append(process)
        return process

    def end(self, process, how=signal.SIGTERM):
        process.send_signal(how)
        process.wait(PATIENCE)
        self.processes.remove(process)

    def log(self, name):
        path = self.path(name + ".log")
        if not os.path.exists(path):
            return ""
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def start_bus(self):
        bus = self.start("dbus-daemon", "--session", "--nofork", "--print-address",
                         stdout=subprocess.PIPE)
        address = bus.stdout.readline().decode().strip()
        bus.stdout.close()
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = address

    def start_network(self):
        """The other side of the module: a namespace with one machine in it, which gives addresses."""
        need("ip", "dnsmasq", "nsenter", "unshare", "ping")
        self.net = self.start("unshare", "--net", "sleep", "infinity")
        own = os.readlink("/proc/self/ns/net")
        wait_until(lambda: os.readlink(f"/proc/{self.net.pid}/ns/net") != own, "a namespace")
        must("ip", "link", "add", WIRE, "type", "veth", "peer", FAR_WIRE, "netns",
             str(self.net.pid))
        must(*self.there("ip", "address", "add", GATEWAY + "/24", "dev", FAR_WIRE))
        must(*self.there("ip", "link", "set", FAR_WIRE, "up"))
        self.start(*self.there("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null",
                               "--port=0", "--user=root", "--bind-interfaces", "--leasefile-ro",
                               "--pid-file=", f"--interface={FAR_WIRE}",
                               f"--dhcp-range={POOL},2m", "--log-facility=-"))

    def there(self, *command):
        """The command, as one of the network's side."""
        return ("nsenter", "--net", "--target", str(self.net.pid), *command)

    def start_module(self, *more):
        """In the network's namespace, if there is one: its carrier is the connection's."""
        command = (simulator, "-d", self.module, "--speed", SIM_SPEED, *more)
        if self.net:
            command = self.there(*command, "--net-interface", FAR_WIRE)
        self.sim = self.start(*command, stdout=subprocess.PIPE)
        self.sim.stdout.readline()
        self.sim.stdout.close()

    def tell(self, line):
        """A line to the simulator, and what it answers after ok."""
        done = run(simulator, "-d", self.module, "-t", line)
        if done.returncode:
            raise AssertionError(f"{line}: {done.stdout}")
        return done.stdout

    def start_daemon(self):
        with open(self.path("mu709d.conf"), "w", encoding="ascii") as config:
            config.write("[daemon]\nmodemmanager-facade=true\n" + self.config)
        ports = ["--port", f"pcui={self.module}/pcui"]
        if self.net:
            ports += ["--port", f"net={WIRE}"]
        self.daemon = self.start(daemon, "--session", "--log-level", "info", "--state-directory",
                                 self.directory, "--config", self.path("mu709d.conf"), *ports)

    def remove(self):
        for process in reversed(self.processes[:]):
            process.terminate()
            process.wait(PATIENCE)
        shutil.rmtree(self.directory)


# ---- mmcli ----

def mmcli(*words):
    return run("mmcli", "--timeout=90", *words)


def look(*words):
    """What mmcli says as JSON; empty while there is nothing."""
    done = mmcli("-J", *words)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def modem_path():
    return (look("-L").get("modem-list") or [""])[0]


def modem():
    """The one that there is; empty while there is none."""
    path = modem_path()
    return look("-m", path).get("modem", {}) if path else {}


def wait_other_modem(path):
    """Another object than the one at path, as after a restart of the module."""
    wait_until(lambda: modem_path() not in ("", path), "another modem")


def state():
    return modem().get("generic", {}).get("state", "")


def wait_state(*states):
    wait_until(lambda: state() in states, f"the state {' or '.join(states)} (it is {state()})")


def main():
    result = unittest.main(exit=False, verbosity=2, argv=sys.argv[:1]).result
    if result.skipped and len(result.skipped) >= result.testsRun:
        sys.exit(SKIPPED)
    sys.exit(not result.wasSuccessful())
