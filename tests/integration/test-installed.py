# SPDX-License-Identifier: LGPL-2.1-or-later
"""Everything is installed, where Debian looks for it."""
import glob
import os
import stat
import tempfile
import unittest

import bed

# /lib is a link to /usr/lib there; which of the two a pkg-config file names does not matter.
FILES = {
    "etc/mu709d/mu709d.conf",
    "usr/lib/systemd/system/mu709-ppp@.service",
    "usr/lib/systemd/system/mu709d.service",
    "usr/libexec/mu709-ip-up",
    "usr/libexec/mu709-pppd",
    "usr/lib/sysusers.d/mu709d.conf",
    "usr/lib/tmpfiles.d/mu709d.conf",
    "usr/lib/udev/rules.d/77-mu709d.rules",
    "usr/sbin/mu709d",
    "usr/share/dbus-1/system-services/org.mu709.service",
    "usr/share/dbus-1/system.d/org.mu709.conf",
    "usr/share/man/man5/mu709d.conf.5",
    "usr/share/man/man8/mu709d.8",
    "usr/share/metainfo/org.mu709.mu709d.metainfo.xml",
}
FOR_POLKIT = {
    "usr/share/doc/mu709d/examples/mu709d.rules.example",
    "usr/share/polkit-1/actions/org.mu709.policy",
    "usr/share/polkit-1/rules.d/60-mu709d-ppp.rules",
}

PROGRAMS = {"usr/sbin/mu709d", "usr/libexec/mu709-pppd"}
EXECUTABLES = PROGRAMS | {"usr/libexec/mu709-ip-up"}


def expected():
    names = [os.path.basename(xml) for xml in glob.glob(bed.source("dbus/org.mu709.*.xml"))]
    return (FILES | (FOR_POLKIT if bed.WITH_POLKIT else set())
            | {"usr/share/dbus-1/interfaces/" + name for name in names}
            | {"usr/share/man/man5/" + name[:-3] + "5" for name in names})


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.root = directory.name
        bed.installed_tree(cls.root)
        cls.found = {}
        for folder, _, names in os.walk(cls.root):
            for name in names:
                path = os.path.join(folder, name)
                place = os.path.relpath(path, cls.root)
                cls.found["usr/" + place if place.startswith("lib/") else place] = path

    def test_places(self):
        self.assertEqual(expected() - set(self.found), set())

    def test_no_other(self):
        """Nothing of ours is at an odd place; other programs have files of their own."""
        odd = [place for place in self.found
               if not place.startswith(("etc/mu709d/", "usr/bin/", "usr/lib/", "usr/libexec/mu709-", "usr/sbin/",
                                        "usr/share/"))]
        self.assertEqual(odd, [])

    def test_filled_in(self):
        for place in expected():
            if place not in PROGRAMS:
                with self.subTest(place=place):
                    self.assertNotRegex(bed.read(self.found[place]), "@[A-Z]+@")

    def test_modes(self):
        for place in expected():
            with self.subTest(place=place):
                mode = stat.S_IMODE(os.stat(self.found[place]).st_mode)
                self.assertEqual(mode, 0o755 if place in EXECUTABLES else 0o644)

    def test_bus_policy(self):
        """Everybody may call if polkit is asked, and only then."""
        policy = bed.read(self.found["usr/share/dbus-1/system.d/org.mu709.conf"])
        word = "allow" if bed.WITH_POLKIT else "deny"
        self.assertIn(f'<{word} send_destination="org.mu709"', policy.split("</policy>")[0])


bed.main()
