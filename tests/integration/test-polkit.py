# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemon and the real polkitd on a system bus of their own: what polkit allows and refuses,
what counts where it is not there, and ends in the midst of a question."""
import os
import signal
import time
import unittest

import bed

POLKITD = "/usr/lib/polkit-1/polkitd"
POLKITD_BUS_POLICY = "/usr/share/dbus-1/system.d/org.freedesktop.PolicyKit1.conf"
ACTIONS = "/usr/share/polkit-1/actions"
RULES = ("/etc/polkit-1/rules.d", "/usr/share/polkit-1/rules.d")

system = None


def setUpModule():
    global system
    if not bed.WITH_POLKIT:
        raise unittest.SkipTest("built without polkit")
    for path in (POLKITD, POLKITD_BUS_POLICY, ACTIONS, *RULES):
        if not os.path.exists(path):
            raise unittest.SkipTest(f"there is no {path}")
    system = bed.System()
    unittest.addModuleCleanup(system.remove)
    for name, *over in (("actions", ACTIONS), ("rules", *RULES)):
        os.mkdir(system.path(name))
        for path in over:
            bed.mount_over(system.path(name), path)
            unittest.addModuleCleanup(bed.run, "umount", path)


class Polkit(unittest.TestCase):
    rule = None
    owner = "unix-user:mu709"

    def setUp(self):
        policy = bed.read(bed.source("data/org.mu709.policy"))
        bed.write(system.path("actions/org.mu709.policy"),
                  policy.replace("unix-user:mu709", self.owner))
        if self.rule:
            self.addCleanup(os.unlink,
                            bed.write(system.path("rules/50-mu709d.rules"), bed.read(self.rule)))
        self.addCleanup(system.stop)
        system.start_bus(os.environ["BUS_POLICY_POLKIT"], POLKITD_BUS_POLICY)
        self.polkitd = system.start("root", POLKITD, "--no-debug")
        system.wait_for_name("org.freedesktop.PolicyKit1")
        self.daemon = system.start_daemon()

    def rescan(self, who):
        return system.call(who, "org.mu709.Manager1.Rescan")

    def check_allowed(self, *callers):
        for who in callers:
            with self.subTest(who=who):
                done = self.rescan(who)
                self.assertEqual(done.returncode, 0, done.stdout)

    def check_refused(self, why, *callers):
        for who in callers:
            with self.subTest(who=who):
                done = self.rescan(who)
                self.assertIn("org.mu709.Error.NotAuthorized", done.stdout)
                self.assertIn(why, done.stdout)


class Usual(Polkit):
    """Without a session only root is free to: the group means nothing where polkit answers."""

    def test_callers(self):
        self.check_allowed("root")
        self.check_refused("org.mu709.manage without a password", "member", "service", "nobody")

    def test_polkit_vanishes(self):
        self.check_refused("password", "member")
        self.polkitd.kill()
        self.polkitd.wait()
        self.check_allowed("root", "member", "service")
        self.check_refused("not in the group", "nobody")

    def ask_without_answer(self):
        """A call that waits for polkit."""
        self.check_refused("password", "nobody")  # so that the daemon knows polkit by now
        self.polkitd.send_signal(signal.SIGSTOP)
        caller = system.start("nobody", "gdbus", "call", "--system", "--dest", "org.mu709",
                              "--object-path", "/org/mu709", "--method",
                              "org.mu709.Manager1.Rescan")
        time.sleep(1.5)  # it has called by then, also on a busy machine
        self.assertIsNone(caller.poll())
        return caller

    def test_end_while_asking(self):
        caller = self.ask_without_answer()
        self.daemon.terminate()
        self.assertEqual(self.daemon.wait(10), 0)
        self.assertNotEqual(caller.wait(10), 0)
        self.assertIn("The daemon ends", bed.read(system.path("log")))

    def test_caller_leaves_while_asking(self):
        caller = self.ask_without_answer()
        caller.kill()
        caller.wait()
        self.polkitd.send_signal(signal.SIGCONT)
        self.check_allowed("root")
        self.check_refused("password", "nobody")


class ExampleRule(Polkit):
    """The rules file that we give away, copied."""
    rule = bed.source("data/mu709d.rules.example")

    def test_callers(self):
        self.check_allowed("root", "member")
        self.check_refused("password", "nobody")


class ForeignOwner(Polkit):
    """polkit answers the daemon only because the actions are its own; the error is no reason to go
    by the group."""
    owner = "unix-user:nobody"

    def test_callers(self):
        self.check_refused("", "root", "member", "nobody")
        self.assertIn("polkit: org.mu709.manage:", bed.read(system.path("log")))


bed.main()
