# SPDX-License-Identifier: LGPL-2.1-or-later
"""AppStream finds no fault in the metainfo file, and the file tells the truth."""
import fnmatch
import os
import unittest
import xml.etree.ElementTree as ET

import bed

METAINFO = bed.source("data/org.mu709.mu709d.metainfo.xml")
# The kernel's name of a module's first interface
MODULE = "usb:v12D1p1C25d0102dc00dsc00dp00icFFisc02ip01in00"


class Metainfo(unittest.TestCase):
    def test_appstream(self):
        bed.need("appstreamcli")
        done = bed.run("appstreamcli", "validate", "--no-net", "--pedantic", METAINFO)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_contents(self):
        root = ET.parse(METAINFO).getroot()
        self.assertEqual(root.findtext("id") + ".metainfo.xml", os.path.basename(METAINFO))
        version = bed.run(os.environ["MU709D"], "--version").stdout.split()[1]
        self.assertEqual(root.find("releases/release").get("version"), version)
        self.assertTrue(fnmatch.fnmatchcase(MODULE, root.findtext("provides/modalias")))


bed.main()
