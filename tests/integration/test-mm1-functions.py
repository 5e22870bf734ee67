# SPDX-License-Identifier: LGPL-2.1-or-later
"""Debian's own mmcli with the facade: messages, calls, codes, signal, time and place of a simulated
module."""
import json
import re
import time
import unittest

import mm1bed
from mm1bed import mmcli, run, wait_until

NAME = "org.freedesktop.ModemManager1"
ROOT = "/org/freedesktop/ModemManager1"

house = None


class House(mm1bed.House):
    """With somebody who listens to all signals."""

    def listen(self):
        self.start("gdbus", "monitor", "--system", "--dest", NAME)

    def signals(self):
        """All that was heard, as text."""
        return self.log("gdbus")

    def remove(self):
        self.end(self.daemon)
        super().remove()
        if self.daemon.returncode:
            raise AssertionError(f"mu709d: exit status {self.daemon.returncode}")


class Bench(unittest.TestCase):
    def do(self, *words):
        done = mmcli(*words)
        self.assertEqual(done.returncode, 0, f"{words}: {done.stdout}")
        return done.stdout

    def modem(self, *words):
        return self.do("-m", "any", *words)

    def read(self, *words):
        return json.loads(self.do("-J", *words))

    def refused(self, why, *words):
        done = mmcli(*words)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertIn(why, done.stdout)

    def property_of(self, path, name):
        """As gdbus writes it; name: with the last part of its interface's"""
        interface, name = name.rsplit(".", 1)
        done = run("gdbus", "call", "--system", "-d", NAME, "-o", path, "-m",
                   "org.freedesktop.DBus.Properties.Get", f"{NAME}.{interface}", name)
        return done.stdout.strip()[1:-2]

    def call_method(self, path, method, *args):
        """What mmcli refuses by itself in this state."""
        done = run("gdbus", "call", "--system", "-d", NAME, "-o", path, "-m",
                   f"{NAME}.{method}", *args)
        self.assertEqual(done.returncode, 0, f"{method}: {done.stdout}")
        return done.stdout

    def heard_since(self, mark, pattern):
        wait_until(lambda: re.search(pattern, house.signals()[mark:]),
                   f"{pattern} in\n{house.signals()[mark:]}")


def setUpModule():
    global house
    house = House()
    unittest.addModuleCleanup(house.remove)
    house.start_bus()
    house.start_module()
    house.listen()
    house.start_daemon()
    wait_until(lambda: mm1bed.state() == "registered", "a modem that is registered")


# ---- messages ----

class Messages(Bench):
    def listed(self):
        return self.read("-m", "any", "--messaging-list-sms")["modem.messaging.sms"]

    def sms(self, path):
        return self.read("-s", path)["sms"]

    def create(self, what):
        return re.search(ROOT + r"/SMS/\d+", self.modem("--messaging-create-sms=" + what)).group()

    def test_a_draft_becomes_a_message(self):
        mark = len(house.signals())
        path = self.create("text='Hello, world',number='+4917012345'")
        self.assertEqual(self.listed().count(path), 1)
        self.heard_since(mark, r"Messaging\.Added \(objectpath '" + path + "', false\\)")
        self.assertEqual(self.sms(path)["properties"]["state"], "--")
        self.assertEqual(self.sms(path)["content"]["text"], "Hello, world")
        self.do("-s", path, "--send")
        self.assertEqual(self.sms(path)["properties"]["state"], "sent")
        self.assertEqual(self.sms(path)["properties"]["pdu-type"], "submit")
        self.assertEqual(self.sms(path)["properties"]["storage"], "me")
        time.sleep(0.5)  # nothing else may come of it
        self.assertEqual(house.signals()[mark:].count("Messaging.Added"), 1)
        self.refused("WrongState", "-s", path, "--send")
        self.do("-s", path, "--store")
        mark = len(house.signals())
        self.modem("--messaging-delete-sms=" + path)
        self.heard_since(mark, r"Messaging\.Deleted \(objectpath '" + path)
        self.assertNotIn(path, self.listed())
        self.refused("", "-s", path)

    def test_what_comes_in_is_seen_and_deleted(self):
        mark = len(house.signals())
        house.tell("sms +491715550 -- Moin moin")
        self.heard_since(mark, r"Messaging\.Added \(objectpath '\S+', true\)")
        path = re.search(r"Messaging\.Added \(objectpath '(\S+)', true\)",
                         house.signals()[mark:]).group(1)
        sms = self.sms(path)
        self.assertEqual(sms["content"]["text"], "Moin moin")
        self.assertEqual(sms["content"]["number"], "+491715550")
        self.assertEqual(sms["properties"]["state"], "received")
        self.assertEqual(sms["properties"]["pdu-type"], "deliver")
        self.assertRegex(sms["properties"]["timestamp"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+")
        self.assertNotIn("Moin", house.signals())  # what is said to everybody has no texts
        self.modem("--messaging-delete-sms=" + path)
        self.assertNotIn(path, self.listed())
        self.assertNotIn("Moin", run(
            "gdbus", "call", "--system", "-d", "org.mu709", "-o", "/org/mu709/modem/tty_pcui",
            "-m", "org.mu709.Messaging1.List", "{}").stdout)

    def test_parts_are_one_message(self):
        mark = len(house.signals())
        house.tell("sms +491715551 split=20 -- " + "0123456789" * 8)
        self.heard_since(mark, r"Messaging\.Added \(objectpath '\S+', true\)")
        self.assertEqual(house.signals()[mark:].count("Messaging.Added"), 1)

    def test_what_cannot_be_sent_can_be_sent_again(self):
        house.tell("sms-fail 500")
        path = self.create("text='Twice',number='+4917012345'")
        self.refused("", "-s", path, "--send")
        wait_until(lambda: self.sms(path)["properties"]["state"] == "stored", "stored")
        self.do("-s", path, "--send")
        self.assertEqual(self.sms(path)["properties"]["state"], "sent")
        self.assertEqual(self.listed().count(path), 1)
        self.modem("--messaging-delete-sms=" + path)

    def test_a_report_arrives(self):
        path = self.create("text='Tell me',number='+49171777',delivery-report-request=yes")
        self.assertEqual(self.sms(path)["properties"]["delivery-report"], "requested")
        self.assertEqual(self.property_of(path, "Sms.DeliveryState"), "<uint32 256>")
        self.do("-s", path, "--send")
        wait_until(lambda: self.property_of(path, "Sms.DeliveryState") == "<uint32 0>", "a report")
        self.assertRegex(self.property_of(path, "Sms.DischargeTimestamp"), r"^<'20")

    def test_drafts_are_limited(self):
        first = self.create("text='draft',number='1'")
        for _ in range(32):
            last = self.create("text='draft',number='1'")
        self.assertNotIn(first, self.listed())
        self.assertIn(last, self.listed())
        for path in [p for p in self.listed() if self.sms(p)["content"]["text"] == "draft"]:
            self.modem("--messaging-delete-sms=" + path)

    def test_nonsense_is_refused(self):
        self.refused("InvalidArgs", "-m", "any", "--messaging-create-sms=number='12'")
        self.refused("Unsupported", "-m", "any",
                     "--messaging-create-sms=text='a',number='12',smsc='+123'")
        self.refused("", "-m", "any", "--messaging-delete-sms=" + ROOT + "/SMS/9999")
        path = self.create("text='x',number='not a number'")
        self.refused("", "-s", path, "--send")
        self.assertEqual(self.sms(path)["properties"]["state"], "--")
        self.refused("Unsupported", "-s", path, "--store")
        self.modem("--messaging-delete-sms=" + path)

    def test_messages_outlive_the_daemon(self):
        house.tell("sms +491715552 -- Still here")
        wait_until(lambda: any(self.sms(p)["content"]["text"] == "Still here"
                               for p in self.listed()), "the message")
        house.end(house.daemon)
        self.assertEqual(house.daemon.returncode, 0)
        house.start_daemon()
        wait_until(lambda: mm1bed.state() == "registered", "the modem again")
        wait_until(lambda: any(self.sms(p)["content"]["text"] == "Still here"
                               for p in self.listed()), "the message again")


# ---- calls ----

class Calls(Bench):
    def tearDown(self):
        mmcli("-m", "any", "--voice-hangup-all")
        wait_until(lambda: all(self.call(p)["properties"]["state"] in ("terminated", "--")
                               for p in self.listed()), "silence")
        for path in self.listed():
            self.modem("--voice-delete-call=" + path)

    def listed(self):
        return self.read("-m", "any", "--voice-list-calls")["modem.voice.call"]

    def call(self, path):
        return self.read("-o", path)["call"]

    def create(self, number):
        out = self.modem(f"--voice-create-call=number='{number}'")
        return re.search(ROOT + r"/Call/\d+", out).group()

    def wait_state(self, path, state):
        wait_until(lambda: self.call(path)["properties"]["state"] == state,
                   f"{state}: {self.call(path)}")

    def incoming(self, number):
        mark = len(house.signals())
        house.tell(f"incoming-call {number}")
        self.heard_since(mark, r"Voice\.CallAdded")
        return re.search(r"Voice\.CallAdded \(objectpath '(\S+)'", house.signals()[mark:]).group(1)

    def test_a_call_is_made(self):
        mark = len(house.signals())
        path = self.create("+4930123")
        self.assertEqual(self.listed(), [path])
        self.do("-o", path, "--start")
        self.wait_state(path, "active")
        self.assertEqual(self.call(path)["properties"]["direction"], "outgoing")
        self.assertEqual(self.call(path)["properties"]["number"], "+4930123")
        self.assertEqual(self.listed(), [path])  # not a second one
        self.refused("WrongState", "-o", path, "--start")
        self.do("-o", path, "--send-dtmf=12#")
        self.assertIn("12#", house.tell("tones"))
        self.do("-o", path, "--hangup")
        self.wait_state(path, "terminated")
        self.assertEqual(self.call(path)["properties"]["state-reason"], "terminated")
        self.assertRegex(house.signals()[mark:],
                         r"(?s)StateChanged \(0, 1, uint32 1\).*\(\d, 4, uint32 3\)"
                         r".*\(4, 7, uint32 4\)")
        self.modem("--voice-delete-call=" + path)
        self.assertEqual(self.listed(), [])
        self.heard_since(mark, r"Voice\.CallDeleted \(objectpath '" + path)

    def test_a_call_is_taken(self):
        path = self.incoming("+4940777")
        self.wait_state(path, "ringing-in")
        self.assertEqual(self.call(path)["properties"]["direction"], "incoming")
        wait_until(lambda: self.call(path)["properties"]["number"] == "+4940777", "the number")
        self.do("-o", path, "--accept")
        self.wait_state(path, "active")
        self.do("-o", path, "--hangup")
        self.wait_state(path, "terminated")
        self.refused("WrongState", "-o", path, "--hangup")

    def test_a_call_that_is_not_taken(self):
        path = self.incoming("withheld gives-up=10")
        self.wait_state(path, "ringing-in")
        self.wait_state(path, "terminated")

    def test_busy(self):
        house.tell("party next does=busy")
        path = self.create("+4930124")
        self.do("-o", path, "--start")
        self.wait_state(path, "terminated")
        self.assertEqual(self.call(path)["properties"]["state-reason"], "refused-or-busy")

    def test_a_second_call(self):
        first = self.incoming("+4940778")
        self.do("-o", first, "--accept")
        self.wait_state(first, "active")
        second = self.incoming("+4940779")
        self.wait_state(second, "waiting")
        self.modem("--voice-hold-and-accept")
        self.wait_state(second, "active")
        self.wait_state(first, "held")
        self.modem("--voice-hold-and-accept")
        self.wait_state(first, "active")
        self.wait_state(second, "held")
        self.modem("--voice-hangup-and-accept")
        self.wait_state(first, "terminated")
        self.wait_state(second, "active")
        self.refused("Unsupported", "-o", second, "--leave-multiparty")
        self.refused("Unsupported", "-o", second, "--deflect=123")

    def test_a_conference(self):
        first = self.incoming("+4940780")
        self.do("-o", first, "--accept")
        self.wait_state(first, "active")
        second = self.incoming("+4940781")
        self.wait_state(second, "waiting")
        self.modem("--voice-hold-and-accept")
        self.wait_state(second, "active")
        self.wait_state(first, "held")
        self.do("-o", first, "--join-multiparty")
        for path in (first, second):
            wait_until(lambda p=path: self.call(p)["properties"]["multiparty"] == "yes", "joined")
        self.modem("--voice-hangup-all")
        self.wait_state(first, "terminated")
        self.wait_state(second, "terminated")

    def test_a_call_that_lasts_is_deleted(self):
        path = self.create("+4930125")
        self.do("-o", path, "--start")
        self.wait_state(path, "active")
        self.modem("--voice-delete-call=" + path)
        wait_until(lambda: self.listed() == [], "no call")

    def test_what_is_over_is_limited(self):
        first = self.create("1")
        for _ in range(16):
            self.create("1")
        self.assertNotIn(first, self.listed())
        self.assertEqual(len(self.listed()), 16)
        self.refused("", "-m", "any", "--voice-delete-call=" + first)
        self.refused("InvalidArgs", "-m", "any", "--voice-create-call=number=''")
        self.refused("WrongState", "-o", self.listed()[0], "--accept")

    def test_nonsense_numbers_are_refused(self):
        path = self.create("12;+CPWROFF")
        self.refused("InvalidChars", "-o", path, "--start")

    def test_call_waiting(self):
        self.modem("--voice-disable-call-waiting")
        self.assertIn("disabled", self.modem("--voice-query-call-waiting"))
        self.modem("--voice-enable-call-waiting")
        self.assertIn("enabled", self.modem("--voice-query-call-waiting"))

    def test_emergencies_only(self):
        self.assertIn("no", self.modem("--voice-status"))


# ---- codes ----

class Codes(Bench):
    def status(self):
        return self.read("-m", "any", "--3gpp-ussd-status")["modem"]["3gpp"]["ussd"]

    def test_a_code_is_answered(self):
        self.assertRegex(self.modem("--3gpp-ussd-initiate=*100#"), r"new reply from network: '.+'")
        self.assertEqual(self.status()["status"], "idle")

    def test_a_menu(self):
        self.modem("--3gpp-ussd-initiate=*123#")
        self.assertEqual(self.status()["status"], "user-response")
        self.modem("--3gpp-ussd-respond=1")
        self.modem("--3gpp-ussd-cancel")
        wait_until(lambda: self.status()["status"] == "idle", "idle")
        self.refused("WrongState", "-m", "any", "--3gpp-ussd-respond=1")

    def test_what_the_network_says_by_itself(self):
        house.tell("ussd-notify Your balance is low")
        wait_until(lambda: self.status()["network-notification"] == "Your balance is low", "text")
        house.tell("ussd-request Do you want more?")
        wait_until(lambda: self.status()["network-request"] == "Do you want more?", "question")
        self.assertEqual(self.status()["status"], "user-response")
        self.modem("--3gpp-ussd-cancel")
        wait_until(lambda: self.status()["network-request"] in ("", "--"), "no question")

    def test_unknown(self):
        self.refused("", "-m", "any", "--3gpp-ussd-initiate=*987#")


# ---- signal, time, place ----

class Radio(Bench):
    def signal(self):
        return self.read("-m", "any", "--signal-get")["modem"]["signal"]

    def test_signal(self):
        house.tell("technology umts")
        self.modem("--signal-setup=0")
        self.assertEqual(self.signal()["umts"]["rssi"], "--")
        self.modem("--signal-setup=5")
        self.assertEqual(self.signal()["refresh"]["rate"], "5")
        house.tell("signal -70 -5")
        wait_until(lambda: self.signal()["umts"]["rssi"] == "-70.00", f"{self.signal()}")
        self.assertEqual(self.signal()["umts"]["rscp"], "-75.00")
        self.assertRegex(self.signal()["umts"]["ecio"], r"^-5\.")
        self.assertEqual(self.signal()["gsm"]["rssi"], "--")

    def test_signal_of_gsm(self):
        self.modem("--signal-setup=5")
        house.tell("technology edge")
        wait_until(lambda: self.signal()["gsm"]["rssi"] != "--", "a signal")
        self.assertEqual(self.signal()["umts"]["rscp"], "--")
        house.tell("technology umts")
        wait_until(lambda: self.signal()["umts"]["rssi"] != "--", "a signal")

    def test_time(self):
        mark = len(house.signals())
        house.tell("time 26/03/29,04:00:21+04,1")
        self.heard_since(mark, r"Time\.NetworkTimeChanged \('2026-03-29T04:00:\d\d\+02:00'")
        out = self.modem("--time")
        self.assertRegex(out, r"2026-03-29T04:0\d:\d\d\+02:00")
        self.assertRegex(out, r"current: 120\n")

    def test_place(self):
        place = self.read("-m", "any", "--location-get")["modem"]["location"]["3gpp"]
        self.assertRegex(place["mcc"], r"^\d{3}$")
        self.assertRegex(place["cid"], r"^[0-9A-F]+$")
        self.modem("--location-disable-3gpp")
        off = self.read("-m", "any", "--location-get")["modem"]["location"]["3gpp"]
        self.assertEqual(off["cid"], "--")
        self.modem("--location-enable-3gpp")
        self.modem("--location-set-enable-signal")
        self.assertIn("yes", self.modem("--location-status"))
        self.assertEqual(self.read("-m", "any", "--location-get")
                         ["modem"]["location"]["3gpp"], place)
        self.refused("", "-m", "any", "--location-enable-gps-nmea")


# ---- trouble: the last one, as it restarts the module ----

class Trouble(Bench):
    def modem_path(self):
        return re.search(ROOT + r"/Modem/\d+", self.do("-L")).group()

    def state(self):
        found = re.search(ROOT + r"/Modem/\d+", mmcli("-L").stdout)
        return self.property_of(found.group(), "Modem.State") if found else ""

    def wait_for_message(self):
        wait_until(lambda: "/SMS/" in mmcli("-m", "any", "--messaging-list-sms").stdout, "an SMS")

    def restart(self, state):
        house.tell("reset")
        wait_until(lambda: self.state() != "<8>", "a module that restarts")
        wait_until(lambda: self.state() == state, f"state {state}, not {self.state()}")

    def test_restarts(self):
        house.tell("sms +491715553 -- It stays")
        self.wait_for_message()
        mark = len(house.signals())
        house.tell("incoming-call +4940790")
        self.heard_since(mark, r"Voice\.CallAdded")
        self.restart("<8>")
        self.heard_since(mark, r"StateChanged \(3, 7, uint32 6\)")
        self.wait_for_message()

    def test_emergency_without_a_pin(self):
        house.tell("pin on")
        self.restart("<2>")
        wait_until(lambda: re.search(r"\d", house.tell("state operator")), "a cell")
        modem = self.modem_path()
        self.assertEqual(self.property_of(modem, "Modem.Voice.EmergencyOnly"), "<true>")
        self.assertEqual(self.property_of(modem, "Modem.Messaging.Messages"), "<@ao []>")
        path = re.search(ROOT + r"/Call/\d+", self.call_method(
            modem, "Modem.Voice.CreateCall", "{'number': <'112'>}")).group()
        self.call_method(path, "Call.Start")
        wait_until(lambda: self.property_of(path, "Call.State") == "<4>", "help")
        self.call_method(path, "Call.Hangup")
        wait_until(lambda: self.property_of(path, "Call.State") == "<7>", "the end")
        self.call_method(modem, "Modem.Voice.DeleteCall", path)
        house.tell("pin off")
        wait_until(lambda: "Retry" not in mmcli("-i", "any", "--pin=1234").stdout, "the card")
        wait_until(lambda: self.state() == "<8>", "registered")


if __name__ == "__main__":
    mm1bed.main()
