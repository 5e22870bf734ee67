# SPDX-License-Identifier: LGPL-2.1-or-later
"""Both variants of the bus's policy file, on a real system bus: who may be org.mu709, who may call,
read and listen."""
import os
import time
import unittest

import bed

system = None
GROUP_OR_ROOT = ("root", "member", "service")
READINGS = (
    ("org.freedesktop.DBus.Introspectable.Introspect",),
    ("org.freedesktop.DBus.Properties.Get", "org.mu709.Manager1", "Version"),
    ("org.freedesktop.DBus.Properties.GetAll", "org.mu709.Manager1"),
    ("org.freedesktop.DBus.ObjectManager.GetManagedObjects",),
)


def setUpModule():
    global system
    system = bed.System()
    unittest.addModuleCleanup(system.remove)


class Policy:
    variant = None

    def setUp(self):
        self.addCleanup(system.stop)
        system.start_bus(os.environ["BUS_POLICY_" + self.variant])

    def test_owner(self):
        for who, may in (("nobody", False), ("member", False), ("service", False),
                         ("mu709", True), ("root", True)):
            with self.subTest(who=who):
                done = system.call(who, "org.freedesktop.DBus.RequestName", "org.mu709", "uint32 4",
                                   name="org.freedesktop.DBus", path="/org/freedesktop/DBus")
                self.assertEqual(done.returncode == 0, may, done.stdout)
                if not may:
                    self.assertIn("AccessDenied", done.stdout)

    def test_caller(self):
        system.start_daemon()
        for who in GROUP_OR_ROOT:
            with self.subTest(who=who):
                done = system.call(who, "org.mu709.Manager1.Rescan")
                self.assertEqual(done.returncode, 0, done.stdout)
        done = system.call("nobody", "org.mu709.Manager1.Rescan")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(self.refusal, done.stdout)

    def test_reader(self):
        system.start_daemon()
        for who in (*GROUP_OR_ROOT, "nobody"):
            for reading in READINGS:
                with self.subTest(who=who, reading=reading):
                    done = system.call(who, *reading)
                    may = who != "nobody" or self.others_read
                    self.assertEqual(done.returncode == 0, may, done.stdout)

    def listen(self, who):
        """The name of the file that has what this caller hears."""
        name = system.path("heard-" + who)
        with open(name, "w", encoding="utf-8") as heard:
            system.start(who, "gdbus", "monitor", "--system", "--dest", "org.mu709", stdout=heard)
        bed.wait_until(lambda: "is owned by" in bed.read(name), "the monitor of " + who)
        return name

    def test_listener(self):
        system.start_daemon()
        heard = {who: self.listen(who) for who in (*GROUP_OR_ROOT, "nobody")}
        master, slave = os.openpty()  # a module that is there, if silent
        self.addCleanup(os.close, master)
        os.fchmod(slave, 0o666)
        done = system.call("root", "org.mu709.Manager1.AddDevice",
                           f"{{'pcui': <'{os.ttyname(slave)}'>}}")
        os.close(slave)
        self.assertEqual(done.returncode, 0, done.stdout)
        for who in GROUP_OR_ROOT:
            bed.wait_until(lambda: "InterfacesAdded" in bed.read(heard[who]), "a signal for " + who)
        time.sleep(0.3)  # nobody may be later than the others
        self.assertEqual("InterfacesAdded" in bed.read(heard["nobody"]), self.others_read)


@unittest.skipUnless(bed.WITH_POLKIT, "built without polkit")
class WithPolkit(Policy, unittest.TestCase):
    """The bus lets everybody in; there is no polkit here, so that the daemon goes by the group."""
    variant = "POLKIT"
    refusal = "org.mu709.Error.NotAuthorized"
    others_read = True


class WithoutPolkit(Policy, unittest.TestCase):
    variant = "GROUP"
    refusal = "AccessDenied"
    others_read = False


MODEM_MANAGER = "org.freedesktop.ModemManager1"


@unittest.skipUnless(os.environ["WITH_FACADE"], "built without the facade")
class Facade(unittest.TestCase):
    """The daemon is ModemManager, too, whose own policy, if it is installed, is read last."""

    def setUp(self):
        self.addCleanup(system.stop)
        theirs = [path for path in ("/usr/share/dbus-1/system.d", "/etc/dbus-1/system.d")
                  if os.path.exists(os.path.join(path, MODEM_MANAGER + ".conf"))]
        system.start_bus(os.environ["BUS_POLICY_POLKIT"],
                         bed.source("dbus/org.mu709.ModemManager1.conf"),
                         *[os.path.join(path, MODEM_MANAGER + ".conf") for path in theirs])

    def test_owner(self):
        for who, may in (("nobody", False), ("member", False), ("mu709", True), ("root", True)):
            with self.subTest(who=who):
                done = system.call(who, "org.freedesktop.DBus.RequestName", MODEM_MANAGER,
                                   "uint32 4", name="org.freedesktop.DBus",
                                   path="/org/freedesktop/DBus")
                self.assertEqual(done.returncode == 0, may, done.stdout)

    def test_caller(self):
        """The bus lets everybody in by both names; the daemon asks who it is."""
        system.start_daemon("[daemon]\nmodemmanager-facade=true\n")
        system.wait_for_name(MODEM_MANAGER)
        names = (("org.mu709.Manager1.Rescan", "org.mu709", "/org/mu709",
                  "org.mu709.Error.NotAuthorized"),
                 (MODEM_MANAGER + ".ScanDevices", MODEM_MANAGER, "/org/freedesktop/ModemManager1",
                  MODEM_MANAGER + ".Error.Core.Unauthorized"))
        for method, name, path, refusal in names:
            with self.subTest(method=method):
                self.assertIn(refusal, system.call("nobody", method, name=name, path=path).stdout)
                done = system.call("member", method, name=name, path=path)
                self.assertEqual(done.returncode, 0, done.stdout)


bed.main()
