# SPDX-License-Identifier: LGPL-2.1-or-later
"""polkit's actions: each that a method names is defined and described, and no other is; the file is
as polkit's DTD wants it."""
import glob
import os
import re
import unittest
import xml.etree.ElementTree as ET

import bed

POLICY = bed.source("data/org.mu709.policy")
DTD = "/usr/share/polkit-1/policyconfig-1.dtd"
ANSWERS = {"yes", "no", "auth_self", "auth_admin", "auth_self_keep", "auth_admin_keep"}


def interfaces():
    return [ET.parse(name).find("interface")
            for name in glob.glob(bed.source("dbus/org.mu709.*.xml"))]


def notes(element):
    return {note.get("name"): note.get("value") for note in element.findall("annotation")}


class Actions(unittest.TestCase):
    def setUp(self):
        self.defined = {action.get("id"): action for action in ET.parse(POLICY).findall("action")}

    def test_every_method_has_one(self):
        named = set()
        for interface in interfaces():
            for method in interface.findall("method"):
                action = notes(method).get("org.mu709.PolkitAction")
                self.assertIsNotNone(action, f"{interface.get('name')}.{method.get('name')}")
                named.add(action)
        self.assertEqual(named, set(self.defined))

    def test_manual_has_all(self):
        listed = re.findall(r"^\.It Li (org\.mu709\.\w+)$", bed.read(bed.source("data/mu709d.8")),
                            re.MULTILINE)
        self.assertEqual(sorted(listed), sorted(self.defined))

    def test_contents(self):
        for name, action in self.defined.items():
            with self.subTest(action=name):
                self.assertTrue(action.findtext("description"))
                self.assertTrue(action.findtext("message"))
                for who in ("allow_any", "allow_inactive", "allow_active"):
                    self.assertIn(action.findtext("defaults/" + who), ANSWERS)
                # or polkit would not answer the daemon
                owner = action.find("annotate[@key='org.freedesktop.policykit.owner']")
                self.assertEqual(owner.text, "unix-user:mu709")

    def test_dtd(self):
        bed.need("xmllint")
        if not os.path.exists(DTD):
            self.skipTest("there is no " + DTD)
        done = bed.run("xmllint", "--noout", "--nonet", "--dtdvalid", DTD, POLICY)
        self.assertEqual(done.returncode, 0, done.stdout)


bed.main()
