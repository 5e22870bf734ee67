# SPDX-License-Identifier: LGPL-2.1-or-later
"""The unit is right and as closed as promised, and users and folders are as it needs them."""
import configparser
import os
import re
import stat
import tempfile
import unittest

import bed

UNIT = os.path.join(bed.BUILD, "systemd/mu709d.service")
PPP_UNIT = os.path.join(bed.BUILD, "systemd/mu709-ppp@.service")
WORST = 2.0  # of systemd-analyze's 0 to 10
PPP_WORST = 2.5  # pppd has to be root, in the host's network


class Unit(unittest.TestCase):
    def test_verify(self):
        """With the program that is built and the manuals that are installed."""
        bed.need("systemd-analyze", "man")
        with tempfile.TemporaryDirectory() as directory:
            bed.installed_tree(directory)
            unit = bed.write(os.path.join(directory, "mu709d.service"), re.sub(
                r"^ExecStart=\S+", "ExecStart=" + os.environ["MU709D"], bed.read(UNIT),
                flags=re.MULTILINE))
            done = bed.run("systemd-analyze", "verify", unit,
                           env=dict(os.environ, MANPATH=directory + "/usr/share/man"))
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.returncode, 0)

    def test_security(self):
        bed.need("systemd-analyze")
        done = bed.run("systemd-analyze", "security", "--offline=true", "--no-pager", UNIT)
        score = re.search(r"Overall exposure level for mu709d.service: ([\d.]+)", done.stdout)
        if not score:
            self.skipTest("systemd-analyze is too old: " + done.stdout)
        self.assertLessEqual(float(score.group(1)), WORST, done.stdout)

    def score(self, unit):
        done = bed.run("systemd-analyze", "security", "--offline=true", "--no-pager", unit)
        score = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
        if not score:
            self.skipTest("systemd-analyze is too old: " + done.stdout)
        return float(score.group(1))

    def test_ppp_verify(self):
        bed.need("systemd-analyze", "man")
        with tempfile.TemporaryDirectory() as directory:
            bed.installed_tree(directory)
            bed.write(os.path.join(directory, "mu709d.service"), re.sub(
                r"^ExecStart=\S+", "ExecStart=" + os.environ["MU709D"], bed.read(UNIT),
                flags=re.MULTILINE))
            unit = bed.write(os.path.join(directory, "mu709-ppp@.service"), re.sub(
                r"^ExecStart=\S+", "ExecStart=" + os.environ["MU709D"], bed.read(PPP_UNIT),
                flags=re.MULTILINE))
            done = bed.run("systemd-analyze", "verify",
                           unit.replace("@.", "@ttyUSB0."),
                           env=dict(os.environ, MANPATH=directory + "/usr/share/man:"
                                    + "/usr/share/man"))
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.returncode, 0)

    def test_ppp_security(self):
        bed.need("systemd-analyze")
        self.assertLessEqual(self.score(PPP_UNIT), PPP_WORST)

    def test_ppp_takes_nothing(self):
        """The daemon gives it a request and nothing that root would obey."""
        text = bed.read(PPP_UNIT)
        self.assertNotRegex(text, r"(?m)^(EnvironmentFile|PassEnvironment|Environment)=")
        command = re.search(r"(?m)^ExecStart=(.*)$", text).group(1)
        self.assertEqual(command, os.path.join(os.environ["PREFIX"], "libexec/mu709-pppd")
                         + " --directory /run/mu709-ppp/%i /dev/%I")

    def test_activation(self):
        """The bus's file names this unit, this program and this user."""
        unit = configparser.RawConfigParser(strict=False)
        unit.optionxform = str
        unit.read(UNIT)
        activation = configparser.RawConfigParser()
        activation.optionxform = str
        activation.read(os.path.join(bed.BUILD, "dbus/org.mu709.service"))
        there, here = activation["D-BUS Service"], unit["Service"]
        self.assertEqual(there["SystemdService"], os.path.basename(UNIT))
        self.assertEqual((there["Name"], there["Exec"], there["User"]),
                         (here["BusName"], here["ExecStart"], here["User"]))


    def test_facade(self):
        """What systemd makes of the drop-in for those who ask for ModemManager."""
        bed.need("systemctl")
        with tempfile.TemporaryDirectory() as root:
            bed.write(root + "/usr/lib/systemd/system/mu709d.service", bed.read(UNIT))
            bed.write(root + "/etc/systemd/system/mu709d.service.d/modemmanager-facade.conf",
                      bed.read(bed.source("systemd/modemmanager-facade.conf")))
            bed.run("systemctl", "--root=" + root, "enable", "mu709d")
            alias = root + "/etc/systemd/system/dbus-org.freedesktop.ModemManager1.service"
            self.assertEqual(os.readlink(alias), "/usr/lib/systemd/system/mu709d.service")


class Network(unittest.TestCase):
    def test_match(self):
        """networkd finds the interface by what our own udev rules set."""
        network = configparser.RawConfigParser()
        network.optionxform = str
        network.read(bed.source("data/80-mu709d.network"))
        name, value = network["Match"]["Property"].split("=")
        self.assertIn(f'ENV{{{name}}}="{value}"', bed.read(bed.source("data/77-mu709d.rules")))
        self.assertEqual(network["Network"]["DHCP"], "ipv4")  # what the module serves, guide 7.1

    def test_installed(self):
        with tempfile.TemporaryDirectory() as directory:
            bed.installed_tree(directory)
            self.assertTrue(os.path.exists(
                directory + "/usr/lib/systemd/network/80-mu709d.network"))


class Users(unittest.TestCase):
    def setUp(self):
        bed.need("systemd-sysusers")
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.root = directory.name
        bed.installed_tree(self.root)

    def ids(self, name):
        """Of mu709."""
        lines = bed.read(os.path.join(self.root, "etc", name)).splitlines()
        return next(line.split(":")[2] for line in lines if line.startswith("mu709:"))

    def test_dry_run(self):
        done = bed.run("systemd-sysusers", "--dry-run", "--root=" + self.root)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("Creating user 'mu709'", done.stdout)
        self.assertFalse(os.path.exists(os.path.join(self.root, "etc/passwd")))

    def test_folders(self):
        bed.need("systemd-tmpfiles")
        if os.geteuid() != 0:
            self.skipTest("it takes root to give folders away")
        bed.run("systemd-sysusers", "--root=" + self.root)
        self.assertEqual(self.ids("passwd"), self.ids("group"))
        done = bed.run("systemd-tmpfiles", "--create", "--root=" + self.root)
        self.assertEqual(done.returncode, 0, done.stdout)
        for name in ("etc/mu709d", "etc/mu709d/conf.d"):
            status = os.stat(os.path.join(self.root, name))
            self.assertEqual((stat.S_IMODE(status.st_mode), status.st_uid, str(status.st_gid)),
                             (0o750, 0, self.ids("group")), name)


bed.main()
