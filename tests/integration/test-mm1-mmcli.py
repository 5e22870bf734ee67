# SPDX-License-Identifier: LGPL-2.1-or-later
"""Debian's own mmcli with the facade: what the module is, enabling, the card, searching, connecting.

Usage: test-mm1-mmcli.py MU709D MU709-SIM"""
import unittest

import mm1bed
from mm1bed import WIRE, look, mmcli, modem, run, state, wait_state

PIN, PUK = "1234", "12345678"

house = None


def setUpModule():
    global house
    mm1bed.enter_namespaces()
    house = mm1bed.House()
    unittest.addModuleCleanup(house.remove)
    house.start_bus()
    house.start_network()
    house.start_module()
    house.start_daemon()
    wait_state("registered")


class Mmcli(unittest.TestCase):
    def works(self, *words):
        done = mmcli("-m", "any", *words)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def fails(self, why, *words):
        done = mmcli("-m", "any", *words)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertIn(why, done.stdout)


class Modem(Mmcli):
    def test_properties(self):
        generic = modem()["generic"]
        self.assertEqual(generic["manufacturer"], "Huawei Technologies Co., Ltd.")
        self.assertEqual(generic["primary-port"], "pcui")
        self.assertEqual(generic["ports"], ["pcui (at)", f"{WIRE} (net)"])
        self.assertEqual(generic["current-capabilities"], ["gsm-umts"])
        self.assertEqual(generic["power-state"], "on")
        self.assertEqual(generic["unlock-retries"], ["sim-pin (3)", "sim-puk (10)"])
        self.assertEqual(modem()["3gpp"]["operator-code"], "00101")
        self.assertEqual(modem()["3gpp"]["registration-state"], "home")
        sim = look("-i", generic["sim"])["sim"]["properties"]
        self.assertEqual(sim["imsi"], "001010123456789")

    def test_enable(self):
        self.works("--disable")
        self.assertEqual(state(), "disabled")
        self.works("--set-power-state-low")
        self.assertEqual(modem()["generic"]["power-state"], "low")
        self.works("--enable")
        self.assertEqual(modem()["generic"]["power-state"], "on")
        wait_state("registered")
        self.fails("WrongState", "--set-power-state-low")

    def test_command(self):
        self.assertIn("MU709", self.works("--command=AT+CGMM"))
        self.fails("WrongState", "--command=AT+CMEE=0")

    def test_scan(self):
        self.assertIn("00101", self.works("--3gpp-scan"))
        self.works("--3gpp-register-in-operator=00101")
        self.works("--3gpp-register-home")
        wait_state("registered")

    def test_unsupported(self):
        self.fails("Unsupported", "--factory-reset=0")
        self.fails("Unsupported", "--set-allowed-modes=4g")
        self.assertEqual(mmcli("-S").returncode, 0)
        self.assertIn("Unsupported", mmcli("-G", "DEBUG").stdout)
        self.assertIn("Unsupported", mmcli("--inhibit-device=x").stdout)


class Bearers(Mmcli):
    def tearDown(self):
        mmcli("-m", "any", "--simple-disconnect")
        wait_state("registered")

    def bearer(self):
        """The newest."""
        return look("-b", modem()["generic"]["bearers"][-1])["bearer"]

    def test_simple(self):
        self.works("--simple-connect=apn=internet,user=me,password=secret,allowed-auth=chap")
        self.assertEqual(state(), "connected")
        bearer = self.bearer()
        self.assertEqual(bearer["status"]["connected"], "yes")
        self.assertEqual(bearer["status"]["interface"], WIRE)
        self.assertEqual(bearer["ipv4-config"]["method"], "dhcp")
        self.assertEqual(bearer["properties"]["apn"], "internet")
        self.assertNotIn("secret", str(bearer))
        self.works("--simple-disconnect")
        self.assertEqual(state(), "registered")

    def test_by_hand(self):
        self.works("--create-bearer=apn=other")
        path = modem()["generic"]["bearers"][-1]
        done = mmcli("-b", path, "--connect")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(state(), "connected")
        self.works(f"--delete-bearer={path}")
        self.assertEqual(state(), "registered")
        self.assertNotIn(path, modem()["generic"]["bearers"])

    def test_refused(self):
        for rule, error in (("cause=27", "MissingOrUnknownApn"),
                            ("cause=33", "ServiceOptionNotSubscribed"),
                            ("auth=chap user=me password=right", "UserAuthenticationFailed")):
            with self.subTest(rule=rule):
                house.tell("apn-forget")
                house.tell(f"apn strange {rule}")
                self.fails(error, "--simple-connect=apn=strange,user=me,password=wrong")
        house.tell("apn-forget")

    def test_drop(self):
        self.works("--simple-connect=apn=internet")
        house.tell("context drop 1 36")
        wait_state("registered")
        self.assertEqual(self.bearer()["status"]["connected"], "no")

    def test_ipv6(self):
        self.fails("Unsupported", "--simple-connect=apn=internet,ip-type=ipv6")


class TheCard(Mmcli):
    """Last: the card is taken out in the end."""

    def sim(self, *words):
        return run("mmcli", "-i", modem()["generic"]["sim"], *words)

    def restart(self, *lines):
        path = mm1bed.modem_path()
        for line in lines:
            house.tell(line)
        house.tell("reset")
        mm1bed.wait_other_modem(path)

    def test_pin(self):
        self.restart("pin on")
        self.assertEqual(state(), "locked")
        self.assertEqual(modem()["generic"]["unlock-required"], "sim-pin")
        self.fails("SimPin", "--simple-connect=apn=internet")
        self.fails("WrongState", "--enable")
        self.assertIn("IncorrectPassword", self.sim("--pin=9999").stdout)
        self.assertEqual(modem()["generic"]["unlock-retries"][0], "sim-pin (2)")
        self.works(f"--simple-connect=apn=internet,pin={PIN}")
        wait_state("connected")
        self.assertIn("successfully", self.sim(f"--pin={PIN}", "--disable-pin").stdout)
        self.assertIn("WrongState", self.sim(f"--pin={PIN}", "--disable-pin").stdout)
        self.works("--simple-disconnect")

    def test_puk(self):
        self.restart("pin on", "pin-tries 0")
        self.assertEqual(modem()["generic"]["unlock-required"], "sim-puk")
        self.fails("SimPuk", f"--simple-connect=apn=internet,pin={PIN}")
        self.assertIn("successfully", self.sim(f"--puk={PUK}", f"--pin={PIN}").stdout)
        wait_state("registered")

    def test_without(self):
        house.tell("remove-sim")
        wait_state("failed")
        self.assertEqual(modem()["generic"]["state-failed-reason"], "sim-missing")
        self.assertEqual(modem()["generic"]["sim"], "--")
        self.fails("SimNotInserted", "--simple-connect=apn=internet")


if __name__ == "__main__":
    mm1bed.main()
