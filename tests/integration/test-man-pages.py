# SPDX-License-Identifier: LGPL-2.1-or-later
"""The man pages, written and generated, have no fault that groff or mandoc finds, and fit on a
terminal; those of the interfaces have all members, that of mu709ctl has all commands."""
import glob
import os
import re
import unittest
import xml.etree.ElementTree as ET

import bed

WRITTEN = sorted(glob.glob(bed.source("data/*.[158]")))
GENERATED = sorted(glob.glob(os.path.join(bed.BUILD, "dbus/org.mu709.*.5")))
# What is installed on this machine is not the page's fault.
ELSEWHERE = re.compile(r"referenced manual not found|mandoc\.db")


class ManPages(unittest.TestCase):
    def check(self, *command):
        for page in WRITTEN + GENERATED:
            with self.subTest(page=os.path.basename(page)):
                done = bed.run(*command, page)
                faults = [line for line in done.stdout.splitlines() if not ELSEWHERE.search(line)]
                self.assertEqual(faults, [])

    def test_mandoc(self):
        bed.need("mandoc")
        self.check("mandoc", "-T", "lint", "-W", "style")

    def test_groff(self):
        bed.need("groff")
        self.check("groff", "-ww", "-b", "-z", "-mandoc", "-Tutf8")

    def test_width(self):
        bed.need("groff")
        for page in WRITTEN + GENERATED:
            with self.subTest(page=os.path.basename(page)):
                self.assertTrue(bed.read(page).isascii())
                text = bed.run("groff", "-mandoc", "-Tascii", "-P-cbou", "-rLL=80n", page).stdout
                self.assertEqual([line for line in text.splitlines() if len(line) > 80], [])

    def test_commands(self):
        page = bed.read(bed.source("data/mu709ctl.1")).replace("\\-", "-")
        text = bed.run(os.path.join(bed.BUILD, "src/mu709ctl"), "--help").stdout
        commands = re.findall(r"^  ([a-z][a-z -]*[a-z])(?= |$)", text.split("Options")[0], re.MULTILINE)
        self.assertGreater(len(commands), 50)
        for command in commands:
            with self.subTest(command=command):
                self.assertRegex(page, rf"\n\.(B|BI|BR) \"?{command}[ \n\"]")

    def test_members(self):
        xmls = sorted(glob.glob(bed.source("dbus/org.mu709.*.xml")))
        self.assertEqual(len(xmls), len(GENERATED))
        for xml in xmls:
            page = bed.read(os.path.join(bed.BUILD, "dbus", os.path.basename(xml)[:-3] + "5"))
            for member in ET.parse(xml).find("interface"):
                if member.tag != "annotation":
                    with self.subTest(xml=os.path.basename(xml), member=member.get("name")):
                        self.assertEqual(page.count(f"\\fB{member.get('name')}\\fR"), 1)


bed.main()
