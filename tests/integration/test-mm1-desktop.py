# SPDX-License-Identifier: LGPL-2.1-or-later
"""Debian's own desktop programs with the facade, unmodified and on a display that nobody sees:
gnome-calls takes and makes calls, chatty takes messages.  What is not installed is skipped.

Usage: test-mm1-desktop.py MU709D MU709-SIM"""
import os
import re
import shutil
import sqlite3
import subprocess
import unittest

import mm1bed
from mm1bed import mmcli, must, need, run, wait_state, wait_until

CALLS = ("--session", "-d", "org.gnome.Calls", "-o", "/org/gnome/Calls")

house = None


def start_display():
    """X with a number that nobody has."""
    need("Xvfb")
    display = house.start("Xvfb", "-displayfd", "1", "-screen", "0", "720x960x24",
                          "-nolisten", "tcp", stdout=subprocess.PIPE)
    number = display.stdout.readline().decode().strip()
    display.stdout.close()
    os.environ["DISPLAY"] = ":" + number


def leave_home():
    """Nothing of the user's is read or written."""
    for name, folder in (("HOME", ""), ("XDG_RUNTIME_DIR", "runtime"), ("XDG_DATA_HOME", "data"),
                         ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache")):
        os.makedirs(house.path(folder), mode=0o700, exist_ok=True)
        os.environ[name] = house.path(folder)
    os.environ.update(GSETTINGS_BACKEND="memory", NO_AT_BRIDGE="1", GDK_BACKEND="x11",
                      LC_ALL="C.UTF-8")


def setUpModule():
    global house
    house = mm1bed.House()
    unittest.addModuleCleanup(house.remove)
    leave_home()
    start_display()
    house.start_bus()
    house.start_module()
    house.start_daemon()
    wait_state("registered")


@unittest.skipUnless(shutil.which("gnome-calls"), "there is no gnome-calls")
class Calls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """gnome-calls knows its name before it knows the modem; what it is to dial in between is
        lost."""
        cls.program = house.start("gnome-calls", "--daemon")
        must("gdbus", "wait", "--session", "--timeout", "40", "org.gnome.Calls")
        house.tell("incoming-call +4930110 gives-up=600")
        cls.press(cls.wait_shown("+4930110"), "Hangup")
        cls.wait_call("")

    @classmethod
    def tearDownClass(cls):
        house.end(cls.program)

    def tearDown(self):
        mmcli("-m", "any", "--voice-hangup-all")
        wait_until(lambda: not self.shown(), "nothing shown")

    @classmethod
    def shown(cls):
        """The calls that gnome-calls has, as {path: text of properties}."""
        text = run("gdbus", "call", *CALLS, "-m",
                   "org.freedesktop.DBus.ObjectManager.GetManagedObjects").stdout
        return dict(re.findall(r"'(/org/gnome/Calls/Call/\w+)': (.*?\}\})", text))

    @classmethod
    def wait_shown(cls, number):
        wait_until(lambda: any(f"<'{number}'>" in text for text in cls.shown().values()),
                   f"{number} in {cls.shown()}")
        return next(path for path, text in cls.shown().items() if f"<'{number}'>" in text)

    @classmethod
    def press(cls, path, method, *args):
        must("gdbus", "call", "--session", "-d", "org.gnome.Calls", "-o", path, "-m",
             "org.gnome.Calls.Call." + method, *args)

    @classmethod
    def wait_call(cls, what):
        """Until the module has exactly such a call; empty: none."""
        wait_until(lambda: re.fullmatch(what, cls.calls()), f"{what!r}: {cls.calls()!r}")

    @classmethod
    def calls(cls):
        return "".join(house.tell("calls").splitlines(keepends=True)[1:]).strip()

    def test_a_call_is_taken(self):
        house.tell("incoming-call +4930111 gives-up=600")
        path = self.wait_shown("+4930111")
        self.press(path, "Accept")
        self.wait_call(r"\d+ active from \+4930111")
        self.press(path, "SendDtmf", "5")
        wait_until(lambda: "+4930111 5" in house.tell("tones"), "a tone")
        self.press(path, "Hangup")
        self.wait_call("")
        wait_until(lambda: "No calls" in mmcli("-m", "any", "--voice-list-calls").stdout,
                   "a call that gnome-calls deletes")

    def test_a_call_is_made(self):
        must("gnome-calls", "--dial", "+4930113")
        self.wait_call(r"\d+ active to \+4930113")
        house.tell(f"remote {self.calls().split()[0]} hangs-up")
        self.wait_call("")


@unittest.skipUnless(shutil.which("chatty"), "there is no chatty")
class Messages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = house.start("chatty", "--daemon", "--nologin")

    @classmethod
    def tearDownClass(cls):
        house.end(cls.program)

    def kept(self):
        """The texts in chatty's own database, read without its locks: chatty, finding it locked,
        would forget the message."""
        path = house.path(".purple", "chatty", "db", "chatty-history.db")
        if not os.path.exists(path):
            return []
        with sqlite3.connect(f"file:{path}?mode=ro&nolock=1", uri=True) as database:
            try:
                return [row[0] for row in database.execute("SELECT body FROM messages")]
            except sqlite3.DatabaseError:  # it is being written
                return []

    def test_messages_come(self):
        for text in ("Moin moin", "Grüße 😀", "long " * 60):
            house.tell("sms +491715550 -- " + text.strip())
            wait_until(lambda t=text.strip(): t in self.kept(), f"{text!r} in {self.kept()}")
        wait_until(lambda: "/SMS/" not in mmcli("-m", "any", "--messaging-list-sms").stdout,
                   "messages that chatty deletes")


if __name__ == "__main__":
    mm1bed.main()
