# SPDX-License-Identifier: LGPL-2.1-or-later
"""Debian's own NetworkManager with the facade: a profile of its own connects over the simulated
module and a veth pair, gets its address by DHCP, and packets go; drops, locks, restarts.

Usage: test-mm1-networkmanager.py MU709D MU709-SIM"""
import os
import re
import signal
import unittest

import mm1bed
from mm1bed import GATEWAY, WIRE, must, need, run, wait_state, wait_until

PIN = "1234"

house = None

CONFIG = """[main]
plugins=keyfile
dns=none
rc-manager=unmanaged
hostname-mode=none
auth-polkit=false
no-auto-default=*
configure-and-quit=no
systemd-resolved=false

[keyfile]
path={path}/connections

[connectivity]
enabled=false

[device]
wifi.scan-rand-mac-address=no

[logging]
level=INFO
domains=ALL
"""


def hide(*directories):
    """Under each a new, empty one."""
    for directory in directories:
        os.makedirs(directory, exist_ok=True)
        must("mount", "-t", "tmpfs", "tmpfs", directory)


class Manager:
    """NetworkManager."""

    def __init__(self):
        hide("/run", "/var/lib/NetworkManager", "/etc/NetworkManager")
        os.mkdir(house.path("connections"))
        self.config = house.path("NetworkManager.conf")
        with open(self.config, "w", encoding="ascii") as file:
            file.write(CONFIG.format(path=house.directory))
        self.start()

    def start(self):
        self.process = house.start("NetworkManager", "--debug", "--config", self.config,
                                   "--config-dir", house.path("none"), "--intern-config",
                                   house.path("intern"), "--state-file", house.path("nm.state"))
        wait_until(lambda: nmcli("general").returncode == 0, "NetworkManager")


def nmcli(*words):
    return run("nmcli", "--terse", *words)


def device():
    """The module's, as (name, state, profile)."""
    for line in nmcli("-f", "TYPE,DEVICE,STATE,CONNECTION", "device").stdout.splitlines():
        kind, *rest = line.split(":")
        if kind == "gsm":
            return tuple(rest)
    return ("", "", "")


def wait_device(*states):
    wait_until(lambda: device()[1] in states, f"a device that is {' or '.join(states)}", 60)


def address():
    found = re.search(r"inet (10\.64\.0\.\d+)/", run("ip", "-4", "address", "show", WIRE).stdout)
    return found.group(1) if found else None


def activations():
    return house.log("NetworkManager").count("Activation: successful")


def pings():
    return run("ping", "-c", "1", "-W", "2", "-I", WIRE, GATEWAY).returncode == 0


def lock_card():
    """As after a restart of the module, with a card that asks for its PIN."""
    path = mm1bed.modem_path()
    house.tell("pin on")
    house.tell("reset")
    mm1bed.wait_other_modem(path)


def setUpModule():
    global house
    need("NetworkManager", "nmcli")
    mm1bed.enter_namespaces()
    house = mm1bed.House()
    unittest.addModuleCleanup(house.remove)
    house.start_bus()
    house.start_network()
    house.start_module()
    house.start_daemon()
    wait_state("registered", "connected")
    house.manager = Manager()
    must("nmcli", "connection", "add", "type", "gsm", "ifname", "*", "con-name", "mobile", "apn",
         "internet", "connection.autoconnect", "no", "ipv6.method", "disabled")


class Profile(unittest.TestCase):
    """In the order of their names: each begins as the one before has ended."""

    def connected(self):
        wait_device("connected")
        wait_until(address, "an address")
        wait_until(pings, "a ping's answer")

    def test_1_seen(self):
        """The module is a device, and its network interface is not one of its own."""
        wait_device("disconnected")
        lines = nmcli("-f", "DEVICE,TYPE,STATE", "device").stdout.splitlines()
        self.assertNotIn(f"{WIRE}:ethernet:disconnected", lines)

    def test_2_up(self):
        must("nmcli", "connection", "up", "mobile")
        self.connected()
        self.assertEqual(mm1bed.state(), "connected")
        bearer = mm1bed.look("-b", mm1bed.modem()["generic"]["bearers"][0])["bearer"]
        self.assertEqual(bearer["status"]["connected"], "yes")
        self.assertEqual(bearer["status"]["interface"], WIRE)
        self.assertEqual(bearer["ipv4-config"]["method"], "dhcp")

    def test_3_down(self):
        must("nmcli", "connection", "down", "mobile")
        wait_state("registered")
        wait_until(lambda: not address(), "no address any more")

    def test_4_drop(self):
        """The network ends it: NetworkManager is told, and connects again by itself."""
        must("nmcli", "connection", "modify", "mobile", "connection.autoconnect", "yes")
        must("nmcli", "connection", "up", "mobile")
        self.connected()
        for _ in range(2):
            before = activations()
            house.tell("context drop 1 36")
            wait_until(lambda: activations() > before, "another activation", 60)
            self.connected()

    def test_4_radio(self):
        """Its switch disables the module, and enables it again."""
        must("nmcli", "radio", "wwan", "off")
        wait_state("disabled")
        must("nmcli", "radio", "wwan", "on")
        self.connected()

    def test_4_unplugged(self):
        house.tell("unplug")
        wait_until(lambda: not device()[0], "no device")
        house.tell("plug")
        self.connected()

    def test_4_network_lost(self):
        """Out of reach, and back."""
        house.tell("network lost")
        wait_state("searching", "enabled")
        house.tell("network found")
        self.connected()

    def test_5_daemon_restarts(self):
        house.end(house.daemon)
        wait_until(lambda: not device()[0], "no device")
        house.start_daemon()
        self.connected()

    def test_6_daemon_killed(self):
        """The module is connected still: that is taken over."""
        house.end(house.daemon, signal.SIGKILL)
        wait_until(lambda: not device()[0], "no device")
        house.start_daemon()
        self.connected()

    def test_7_manager_restarts(self):
        house.end(house.manager.process)
        house.manager.start()
        self.connected()

    def test_8_pin(self):
        """The card wants its PIN, and the profile has it."""
        must("nmcli", "connection", "modify", "mobile", "gsm.pin", PIN)
        lock_card()
        wait_state("locked", "registered", "connected")
        self.connected()

    def test_9_wrong_pin(self):
        """A wrong PIN is entered once, and not again: the card has its other attempts still."""
        must("nmcli", "connection", "modify", "mobile", "gsm.pin", "9999")
        lock_card()
        wait_state("locked")
        wait_until(lambda: "sim-pin (2)" in mm1bed.modem()["generic"]["unlock-retries"],
                   "a lost attempt")
        run("sleep", "3")
        self.assertIn("sim-pin (2)", mm1bed.modem()["generic"]["unlock-retries"])


if __name__ == "__main__":
    mm1bed.main()
