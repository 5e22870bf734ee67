#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""mu709ctl as its users meet it: on a bus of its own, first with nobody there, then with a stand-in
that has every type of D-Bus, then with the real mu709d and a module on a pseudo-terminal.

Usage: test-ctl.py MU709CTL MU709D CTL-STAND-IN COMPLETION"""
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import threading
import tty

from ctlbed import (ERROR, PATIENCE, Background, check, complain, ctl, is_json, main, on_terminal,
                    run, run_all, start_daemon, stop, wait_for, wait_until)

stand_in, completion = sys.argv[3:5]


# ---- the module ----


class Module:
    """As much of a MU709 as these tests need, on a pseudo-terminal."""

    fixed = {
        "+CGMI": ["Huawei"], "+CGMM": ["MU709s-2"], "+CGMR": ["11.652"],
        "+CFUN?": ["+CFUN: 1"], "^ICCID?": ["^ICCID: 8900101000000000012F"],
        "+CIMI": ["001010123456789"], '+CLCK="SC",2': ["+CLCK: 1"],
        "+CNUM": ['+CNUM: "Line 1","+15550100",145'], "^HCSQ?": ['^HCSQ: "WCDMA",50,44,53'],
        "+CREG?": ['+CREG: 2,1,"1A2B","12D687",2'], "+CGREG?": ['+CGREG: 2,1,"1A2B","12D687",2'],
        "+CSQ": ["+CSQ: 21,99"], "^SYSINFOEX": ['^SYSINFOEX: 2,3,0,1,,3,"WCDMA",44,"HSPA"'],
    }
    networks = '+COPS: (2,"Home Mobile","Home","00101",2),(3,"Férne","F","99970",0),,(0,1,2,3,4)'

    def __init__(self, directory, name, imei, locked):
        self.path = os.path.join(directory, name)
        self.imei, self.locked, self.attempts = imei, locked, 3
        self.format = "0"
        self.scanning = threading.Event()
        self.networks_known = threading.Event()
        self.networks_known.set()
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        os.symlink(os.ttyname(self.slave), self.path)
        self.plugged = True
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def unplug(self):
        """Hangs up, which takes that nobody reads."""
        os.unlink(self.path)
        self.plugged = False
        os.write(self.slave, b"\r")
        self.thread.join()
        os.close(self.slave)
        os.close(self.master)

    def serve(self):
        line = b""
        while True:
            byte = os.read(self.master, 1)
            if not self.plugged:
                return
            if self.scanning.is_set():
                self.scanning.clear()
                self.say(["ABORTED"])
                line = b""
            elif byte != b"\r":
                line += byte
            else:
                self.execute(line.decode().strip())
                line = b""

    def say(self, lines):
        os.write(self.master, "".join(f"\r\n{line}\r\n" for line in lines).encode())

    def execute(self, line):
        if not line.startswith("AT"):
            return
        command = line[2:]
        if command == "+COPS=?":
            self.scan()
        elif command.startswith("+CPIN="):
            self.enter(command[6:])
        elif command == "+FAIL":
            self.say(["+CME ERROR: 100"])
        else:
            self.say([*self.answer(command), "OK"])

    def answer(self, command):
        if command == "+CGSN":
            return [self.imei]
        if command == "^CPIN?":
            return [f"^CPIN: {'SIM PIN' if self.locked else 'READY'},,10,{self.attempts},10,3"]
        if command.startswith("+COPS=3,"):
            self.format = command[-1]
        if command == "+COPS?":
            return [f'+COPS: 0,{self.format},"{"Home Mobile" if self.format == "0" else "00101"}",2']
        return self.fixed.get(command, [])

    def enter(self, pin):
        if pin.strip('"') == "1234":
            self.locked, self.attempts = False, 3
            self.say(["OK", "^SIMST: 1"])
        else:
            self.attempts -= 1
            self.say(["+CME ERROR: 16"])

    def scan(self):
        if self.networks_known.is_set():
            self.say([self.networks, "OK"])
        else:
            self.scanning.set()

    def scan_ends(self):
        self.networks_known.set()
        self.scanning.clear()
        self.say([self.networks, "OK"])


# ---- nobody there ----

USAGE = [
    ("", 2, "", r"error: mu709ctl is followed by one of: list, .*\n"),
    ("lsit", 2, "", r"error: There is no command 'lsit'; did you mean 'list'\?\n"),
    ("sim", 2, "", r"error: .*status, unlock, unlock-puk, pin\n"),
    ("list --json x", 2, r'\{"error":\{"name":"usage","message":".*","status":2\}\}\n', ""),
    ("at", 2, "", r"error: Too few arguments; it is: mu709ctl at AT-COMMAND\n"),
    ("list --modem", 2, "", r"error: --modem wants a value: MODULE\n"),
    ("list --timeout never", 2, "", r"error: --timeout .*\n"),
    ("list --session --system", 2, "", r"error: It is either .*\n"),
    ("list", 2, "", r"error: MU709CTL_BUS .*\n", {"MU709CTL_BUS": "tram"}),
    ("device add pcui", 2, "", r"error: 'pcui' is not KEY=VALUE\n"),
    ("device add pcui=/x baud=fast", 2, "", r"error: 'fast' is not of type u.*\n"),
    (["at", b"AT\xff"], 2, "", "error: Argument 2, 'AT\ufffd', is not valid UTF-8\n"),
    (["at", "--json", "\x1b[31m\xff", "x"], 2, r".*\n", ""),
    ("--version", 0, r"mu709ctl [0-9.]+\n", ""),
    ("--version --json", 0, r'\{"version":"[0-9.]+"\}\n', ""),
    ("--help", 0, r"Usage: mu709ctl .*\n  network scan .*--json.*\n", ""),
    ("sim --help", 0, r"Commands:\n  sim status .*\n", ""),
    ("sim unlock --help", 0, r"Usage: mu709ctl \[OPTION...\] sim unlock \[PIN\]\n\nEnter.*\n", ""),
    ("help network scan", 0, r"Usage: .*\n", ""),
    ("ussd --help", 0, r"Usage: .* ussd CODE\n\nSend .*\nCommands:\n  ussd CODE .*  ussd cancel .*\n", ""),
    ("help network scan --json", 0, r'\{"help":"Usage: .*"\}\n', ""),
    ("help frobnicate", 2, "", r"error: There is no command 'frobnicate'; .*\n"),
    ("frobnicate --help", 2, "", r"error: There is no command 'frobnicate'; .*\n"),
    ("complete -- ne", 0, "network\n", ""),
    ("complete -- sim pin en", 0, "enable\n", ""),
    ("complete -- help sim un", 0, "unlock\nunlock-puk\n", ""),
    ("complete -- --system frob", 0, "", ""),
    (["complete", "--", "modem", "mode", ""], 0, "online\noffline\nminimum\nreset\n", ""),
    ("complete -- --js", 0, "--json\n", ""),
    (["complete", "--", "call", "Sim"], 0, "", ""),
]

GONE = r"error: mu709d is not there on the session bus: .*\n"
NOBODY = [
    ("list", 3, "", GONE),
    ("list --json", 3, r'\{"error":\{"name":"no-daemon","message":".*","status":3\}\}\n', ""),
    ("status", 3, "", GONE),
    ("sim unlock 1234", 3, "", GONE),
    ("call Manager1 Rescan", 3, "", GONE),
    ("monitor --modem x", 3, "", GONE),
    ("list", 3, "", r"error: The session bus cannot be reached: .*\n",
     {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}),
    ("list --system", 3, "", r"error: The system bus cannot be reached: .*\n",
     {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent"}),
]


def test_help():
    """It is to be read on a terminal."""
    text = subprocess.run([ctl, "--help"], capture_output=True, check=False).stdout.decode()
    wide = [line for line in text.splitlines() if len(line) > 80 and "|" not in line]
    if wide or not re.search(r"^  data up \[KEY=VALUE...\]  +Connect", text,
                                                                 re.MULTILINE):
        complain("--help", text)


def test_nobody(_directory):
    test_help()
    run_all(USAGE + NOBODY)
    with open("/dev/full", "wb") as full:
        done = subprocess.run([ctl, "--help"], stdout=full, stderr=subprocess.PIPE, check=False)
    check("--help >/dev/full", done.returncode, "", done.stderr.decode(),
          (1, "", r"error: The output cannot be written: .*\n"))


# ---- the stand-in ----

ECHO = ["call", "Test1", "Echo", "yes", "0xff", "-5", "-9223372036854775808", "0.1", "/a", "00ff",
        "['a', 'b']"]
STAND_IN = [
    ([*ECHO, "{'u': <uint32 5>}"], 0, r"b +yes\ny +255\nn +-5\nx +-9223372036854775808\nd +0.1\n"
     r"o +/a\nay +00ff\nas +a, b\noptions +u=5\n", ""),
    ([*ECHO, "--json"], 0, r'\{"b":true,"y":255,"n":-5,"x":-9223372036854775808,"d":0.1,"o":"/a",'
     r'"ay":"00ff","as":\["a","b"\],"options":\{\}\}\n', ""),
    (ECHO[:-2], 2, "", r"error: Echo: It wants 9 arguments: b b, y y, .*, a\{sv\} options\n"),
    ([*ECHO[:-1], "a"], 2, "", r"error: Echo: Argument 8 \(as as\): 'a' is not of type as.*\n"),
    ("call Test1 Echoo", 2, "", r"error: Test1 has no method 'Echoo'; did you mean 'Echo'\?\n"),
    ("call Test2 Echo", 2, "", r"error: .*no interface 'Test2'; did you mean 'Test1'\?\n"),
    ("call org.mu709.Test1 Nameless", 0, "anonymous\n", ""),
    ("call Test1 Nameless --json", 0, r'\{"arg_0":"anonymous"\}\n', ""),
    ("call Test1 Copy /nonexistent -", 1, "", r"error: Copy: Argument 1 \(h in\): /nonexistent: .*\n"),
    ("get Test1 Level", 0, "-95\n", ""),
    ("set Test1 Level -70", 0, "", ""),
    ("set Test1 Level -71 --json", 0, r"\{\}\n", ""),
    ("get Test1 Level --json", 0, r'\{"Level":-71\}\n', ""),
    ("set Test1 Level 1", 1, "", r"error: Not above 0 \(org.mu709.Error.InvalidArgument\)\n"),
    ("set Test1 Level 1 --json", 1, r'\{"error":\{"name":"org.mu709.Error.InvalidArgument",'
     r'"message":"Not above 0","status":1\}\}\n', ""),
    ("set Test1 Level high", 2, "", r"error: 'high' is not of type i, .*\n"),
    ("set Test1 Text x", 2, "", "error: Text can only be read\n"),
    ("set Test1 Secret x", 0, "", ""),
    ("get Test1 Ratio --json", 0, r'\{"Ratio":null\}\n', ""),
    ("get Test1 Text", 0, "\\\\x1b\\[31mred\\\\x1b\\[0m\n\"Grüße\"\n", "", {"LC_ALL": "C.UTF-8"}),
    ("get Test1 Text", 0, ".*\"Gr\\?\\?e\"\n", "", {"LC_ALL": "C"}),
    ("get Test1 Text --json", 0,
     r'\{"Text":"\\u001b\[31mred\\u001b\[0m\\u000a\\"Grüße\\""\}' "\n", "", {"LC_ALL": "C"}),
    ("get Test1 Lvel", 2, "", r"error: Test1 has no property 'Lvel'; did you mean 'Level'\?\n"),
    ("get Call1 --object call/1", 0, "State  active\n", ""),
    ("get Call1 State --object /org/mu709/modem/stand_in/call/1", 0, "active\n", ""),
    ("get Call1 --object call/2", 4, "", r"error: There is no object .*/call/2\n"),
    ("get Call1 --object //", 2, "", r"error: '//' is no object path\n"),
    ("get Test1 --modem 490154203237518 Level", 0, "-71\n", ""),
    ("get Test1 --modem 1 Level", 4, "", r"error: There is no module '1'; there are: stand_in .*\n"),
    ("help Test1", 0, r"org.mu709.Test1\n    Whatever the tests want.\n\nEcho \(b b, .*"
     r"i Level \(can be set\)\n.*Ticked \(u n\)\n", ""),
    ("help Test1 Echo", 0, r"Echo \(b b, .*\) -> \(b b, .*\)\n    Returns its arguments.\n", ""),
    ("help Test1 Echo --json", 0, r'\[\{"kind":"method","name":"Echo","synopsis":.*\}\]\n', ""),
    ("help Test1 Tikced", 2, "", r"error: Test1 has no member 'Tikced'; did you mean 'Ticked'\?\n"),
    ("status --json", 0, r'\{"path":"/org/mu709/modem/stand_in","Modem1":\{.*\},'
     r'"Ussd1":\{"State":"idle"\},"Test1":\{"Ratio":null\}\}\n', ""),
    ("sim status", 1, "", "error: The module has no Sim1 now: its state is ready\n"),
    ("call Test1 Wait --timeout 0.2", 1, "", r"error: No answer within 0.2 s\n"),
    ("complete -- call Tes", 0, "Test1\n", ""),
    (["complete", "--", "call", "Test1", ""], 0, "Echo\nCopy\nNameless\nWait\nLeave\n", ""),
    ("complete -- --json set Test1 L", 0, "Level\n", ""),
    (["complete", "--", "list", "--modem", ""], 0, "stand_in\n", ""),
    ("complete -- help Test1 Tic", 0, "Ticked\n", ""),
    ("complete -- --object call/1 get C", 0, "Call1\n", ""),
    ("complete -- ussd c", 0, "cancel\n", ""),
    ("sms list", 1, "", "error: The module has no Messaging1 now: its state is ready\n"),
    ("sms show 1", 1, "", "error: The module has no Messaging1 now: its state is ready\n"),
    ("sms show /org/mu709/modem/stand_in/message/1", 4, "", "error: There is no object .*/1\n"),
]


def test_files(directory):
    source, sink = (os.path.join(directory, name) for name in ("source", "sink"))
    with open(source, "w", encoding="ascii") as file:
        file.write("hello")
    run(["call", "Test1", "Copy", source, sink], 0, "5\n")
    with open(sink, "w", encoding="ascii") as file:
        file.write("a longer text")
    run(["call", "Test1", "Copy", source, sink], 0, "5\n")
    run(["call", "Test1", "Copy", "/nonexistent", sink], 1, "", "error: Copy: .*\n")
    run(["call", "Test1", "Copy", source, "/dev/null"], 0, "5\n")
    with open(sink, encoding="ascii") as file:
        if file.read() != "hello":
            complain("Copy", "the file is not the same")
    run("call Test1 Copy - -", 0, "from stdin", "10\n", stdin=b"from stdin")


def test_completion():
    """As bash asks for it."""
    if shutil.which("bash") is None:
        return
    script = '. "$1"; COMP_WORDS=(mu709ctl call Test1 E); COMP_CWORD=3; _mu709ctl "$2"; ' \
        'echo "${COMPREPLY[@]}"; complete -p mu709ctl'
    done = subprocess.run(["bash", "-c", script, "bash", completion, ctl], capture_output=True,
                          check=False)
    check("completion", done.returncode, done.stdout.decode(), done.stderr.decode(),
          (0, "Echo\ncomplete .* -F _mu709ctl mu709ctl\n", ""))


def test_closed_streams():
    """No prompt takes what is not for it."""
    done = subprocess.run(["sh", "-c", '"$0" sim unlock <&- 2>&1', ctl], capture_output=True,
                          timeout=PATIENCE, check=False)
    check("sim unlock <&-", done.returncode, done.stdout.decode(), "",
          (2, "error: No PIN was given\n", ""))


def test_nobody_reads():
    """What goes on ends with whoever reads it, whatever its parent does with SIGPIPE."""
    for line in ("monitor", "monitor --json", "status"):
        for restored, status, err in ((True, -signal.SIGPIPE, ""),
                                      (False, 1, "error: The output .* written: Broken pipe\n")):
            reader, writer = os.pipe()
            os.close(reader)
            done = subprocess.run([ctl, *line.split()], stdout=writer, stderr=subprocess.PIPE,
                                  timeout=PATIENCE, restore_signals=restored, check=False)
            os.close(writer)
            check(f"{line} | true", done.returncode, "", done.stderr.decode(), (status, "", err))


def test_ctrl_c():
    waiting = Background("call", "Test1", "Wait", "--json")
    ticking = Background("monitor")
    ticking.expect("Test1.Ticked: ")
    waiting.finish(130, signal.SIGINT)
    if not is_json(waiting.text) or '"interrupted"' not in waiting.text:
        complain("interrupted", waiting.text)
    ticking.finish(130, signal.SIGTERM)


USSD = [
    ("ussd *100#", 0, r"Balance:\n\\x1b1.00\n", ""),
    ("ussd *100# --json", 0, r'\{"answer":"Balance:.*1.00","waiting":false\}\n', ""),
    ("ussd *999#", 1, "", ERROR.format("InvalidArgument")),
    ("ussd *123#", 0, "1 News\n2 Weather\n", ""),
    ("get Ussd1 State", 0, "idle\n", ""),  # nobody goes on with it
    ("ussd *123# --json", 0, r'\{"answer":"1 News\\u000a2 Weather","waiting":true\}\n', ""),
    ("call Ussd1 Initiate *123#", 0, "1 News\n2 Weather\n", ""),
    ("ussd respond 1", 0, "No news\n.*", ""),
    ("get Ussd1 State", 0, "waiting\n", ""),
    ("ussd cancel --json", 0, r"\{\}\n", ""),
    ("get Ussd1 State", 0, "idle\n", ""),
    ("ussd", 2, "", r"error: Too few arguments; it is: mu709ctl ussd CODE\n"),
    ("ussd *123# 1", 2, "", r"error: Too many arguments; .*\n"),
]


def test_ussd():
    """A conversation, and the ways out of it."""
    run_all(USSD)
    menu = "1 News\r\n2 Weather\r\n> "
    on_terminal("ussd *123#", [("> $", b"1\n"), ("(?s)More.*> $", b"2\n")], 0,
                menu + "1\r\nNo news\r\n1 More\r\n2 Weather\r\n> 2\r\nIt rains\r\n")
    on_terminal("ussd *123#", [("> $", b"\n")], 0, menu + "\r\n")
    run("get Ussd1 State", 0, "idle\n")
    on_terminal("ussd *123#", [("> $", b"\x04")], 0, menu + ".*")
    run("get Ussd1 State", 0, "idle\n")
    on_terminal("ussd *123#", [("> $", b"\x03")], 130, menu + ".*error: Interrupted\r\n")
    run("get Ussd1 State", 0, "idle\n")
    on_terminal("ussd *123#", [("> $", b"7\n")], 1, menu + "7\r\n" + ERROR.format("Inv.*")[:-2] + "\r\n")
    on_terminal("ussd *100#", [], 0, r"Balance:\r\n\\x1b1.00\r\n")


def test_stand_in(directory):
    service = subprocess.Popen([stand_in], stdout=subprocess.PIPE)
    service.stdout.readline()
    run_all(STAND_IN)
    test_files(directory)
    test_completion()
    test_closed_streams()
    test_nobody_reads()
    test_ussd()
    test_ctrl_c()
    run("call Test1 Leave", 3, "", GONE)
    if service.wait(PATIENCE) != 0:
        complain("stand-in", "it did not end well")


# ---- the daemon ----

IMEI = "865261010004010"
LOCKED = [
    ("list", 0, rf"/org/mu709/modem/tty_first  {IMEI}  MU709s-2  locked \(sim-pin\)  -  -  .*\n", ""),
    ("status", 0, r"/org/mu709/modem/tty_first\n  State +locked, sim-pin\n.*Lock +pin\n.*", ""),
    ("sim status", 0, r"Lock +pin\nPIN +asked for, 3 attempts left\n.*", ""),
    ("network scan", 1, "", ERROR.format("SimPinRequired")),
    ("sim unlock 12", 1, "", ERROR.format("InvalidArgument")),
    ("sim unlock", 2, "", "error: No PIN was given\n"),
    ("sim unlock 9999", 1, "", ERROR.format("WrongPassword")),
    ("get Sim1 PinAttempts", 0, "2\n", ""),
    ("sim unlock-puk 12345678 1234", 1, "", ERROR.format("SimPinRequired")),
]
READY = [
    ("list", 0, rf"/org/mu709/modem/tty_first  {IMEI}  MU709s-2  ready  Home Mobile  \S+  .* dBm\n",
     ""),
    ("list --json", 0, rf'\[\{{"path":"/org/mu709/modem/tty_first","imei":"{IMEI}".*\}}\]\n', ""),
    ("status", 0, r".*\n  Operator +Home Mobile \(00101\)\n.*RSSI -\d+ dBm.*", ""),
    ("status --json", 0, r'\{"path":.*"Network1":\{.*\}.*\}\n', ""),
    ("sim status --json", 0, r'\{"Present":true,"Lock":"none",.*\}\n', ""),
    ("network status", 0, r"Registration +home, automatic\n.*", ""),
    ("network scan", 0, "status +name +short_name +code +technology\n"
     "current +Home Mobile +Home +00101 +umts\nforbidden +Férne .*\n", "", {"LC_ALL": "C.UTF-8"}),
    ("network scan --json", 0, r'\{"networks":\[\{"status":"current",.*\}\]\}\n', ""),
    ("network register 26201", 0, "", ""),
    ("network register", 0, "", ""),
    ("network register home", 1, "", ERROR.format("InvalidCharacters")),
    ("network attach --json", 0, r"\{\}\n", ""),
    ("network detach", 0, "", ""),
    ("modem mode online", 0, "", ""),
    ("modem mode ofline", 2, "", r"error: 'ofline' is none of .*\n"),
    ("at AT+CSQ", 0, r"\+CSQ: 21,99\n", ""),
    ("at AT+CSQ --timeout 5 --json", 0, r'\{"lines":\["\+CSQ: 21,99"\]\}\n', ""),
    ("at AT+CSQ --timeout 0.01", 1, "", ERROR.format("InvalidArgument")),
    ("at AT+FAIL", 1, "", ERROR.format(".*")),
    ("at ATE1", 1, "", ERROR.format("NotAllowed")),
    ("sim pin change 1234", 2, "", "error: No new PIN was given\n"),
    ("sim pin enable 1234", 0, "", ""),
    ("sim pin change", 0, "", "", {"stdin": b"1234\n5678"}),
    ("get Manager1 Version", 0, r"[0-9.]+\n", ""),
    ("get Modem1 Ports", 0, r"pcui  /.*/first\n", ""),
    ("set Modem1 State ready", 2, "", "error: State can only be read\n"),
    ("help Sim1 Unlock", 0, r"Unlock \(s pin\)\n    Enters the PIN, .*", ""),
    ("help Modem1", 0, r"org.mu709.Modem1\n    One module: .*Unsolicited \(s line\)\n.*", ""),
    ("call Sim1 Unlock 1234", 1, "", ERROR.format("NotAllowed")),
    ("device remove nothing", 1, "", ERROR.format("NotFound")),
    ("device add frobnicate=1", 1, "", ERROR.format("InvalidArgument")),
    ("device rescan", 0, "", ""),
]
SEVERAL = [
    ("status", 4, "", r"error: There are several modules, say with --modem which: tty_\w+ \(IMEI .*\n"),
    ("status --json", 4, r'\{"error":\{"name":"no-module",.*"status":4\}\}\n', ""),
    ("list", 0, r"[^\n]+\n[^\n]+\n", ""),
    ("list --modem tty_second", 0, "/org/mu709/modem/tty_second +490154203237518 .*\n", ""),
    ("get Modem1 Imei --modem 490154203237518", 0, "490154203237518\n", ""),
    ("at AT --modem tty_first", 0, "", ""),
    ("at AT --modem /org/mu709/modem/tty_second", 0, "", ""),
    ("status --modem tty_third", 4, "", r"error: There is no module 'tty_third'; there are: .*\n"),
]


def test_prompts(module):
    """What is typed does not show."""
    on_terminal("sim unlock", [("PIN: ", b"\x03")], 130, "PIN: \r\nerror: Interrupted\r\n")
    on_terminal("sim unlock", [("PIN: ", b"1234\n")], 0, "PIN: \r\n.*")
    wait_for("ready", "Modem1", "State")
    on_terminal("sim pin change", [("old PIN: ", b"1234\n"), ("new PIN: ", b"5678\n"),
                                   ("again: ", b"5687\n")], 2,
                "old PIN: \r\nnew PIN: \r\nnew PIN again: \r\nerror: They are not the same\r\n")
    if module.locked:
        complain("sim unlock", "the module has not had the PIN")


def test_progress(module):
    """Nothing of the indicator is left, colour is only on a terminal."""
    module.networks_known.clear()
    on_terminal("network scan", [("Scan, [0-9]+ s", module.scan_ends)], 0,
                ".*\r\033\\[K[|/\\\\-] Scan, [0-9]+ s.*\r\033\\[K\033\\[1mstatus\033\\[0m .*\n", drawn=True)
    on_terminal("list --no-color", [], 0, "[^\033]*")


def test_scan_is_cancelled(module):
    """Ctrl-C ends the search in the module, not only here."""
    module.networks_known.clear()
    scan = Background("network", "scan")
    if not wait_until(module.scanning.is_set):
        complain("network scan", "it does not begin")
    scan.finish(130, signal.SIGINT)
    if not wait_until(lambda: not module.scanning.is_set()):
        complain("network scan", "the module goes on")
    module.networks_known.set()
    run("at AT+CSQ", 0, r"\+CSQ: 21,99\n")


def test_module_leaves(module):
    """While it is waited for."""
    module.networks_known.clear()
    scan = Background("network", "scan", "--modem", "tty_second")
    wait_until(module.scanning.is_set)
    module.unplug()
    scan.finish(1)
    if not re.fullmatch(ERROR.format("Gone"), scan.text):
        complain("a module that leaves", scan.text)


def test_monitor(directory, module):
    """Over a restart of the daemon."""
    process = start_daemon(directory, module.path)
    wait_for("ready", "Modem1", "State")
    text, lines = Background("monitor"), Background("--json", "monitor", "--modem", "tty_first")
    text.expect("mu709d is there")
    text.expect("  tty_first  appeared: .*Modem1")
    lines.expect('"event":"appeared"')
    module.say(["^UNKNOWN: 5", '^HCSQ: "WCDMA",20,20,40'])
    text.expect(r"  tty_first  Modem1.Unsolicited: \^UNKNOWN: 5$")
    text.expect("  tty_first  Network1.Rssi = -[0-9]+$")
    lines.expect('"event":"changed".*"properties":{"Rssi":')
    stop(process)
    text.expect("mu709d is not there, waiting for it")
    lines.expect('"event":"daemon-absent"')
    process = start_daemon(directory, module.path)
    text.expect(r"(?s)not there.*mu709d is there.*tty_first  .*Modem1(\.State = ready| \(ready\))")
    lines.expect('(?s)daemon-absent.*"daemon-present".*"State":"ready"')
    text.finish(130, signal.SIGINT)
    lines.finish(130, signal.SIGINT)
    for line in lines.text.splitlines():
        if not is_json(line + "\n"):
            complain("monitor --json", line)
    stop(process)


def test_daemon(directory):
    first = Module(directory, "first", IMEI, locked=True)
    process = start_daemon(directory, first.path)
    wait_for("locked", "Modem1", "State")
    run_all(LOCKED)
    test_prompts(first)
    wait_for("Home Mobile", "Network1", "OperatorName")
    run_all(READY)
    test_progress(first)
    test_scan_is_cancelled(first)

    second = Module(directory, "second", "490154203237518", locked=False)
    run(f"device add pcui={second.path}", 0, "/org/mu709/modem/tty_second\n")
    wait_for("ready", "Modem1", "State", "--modem", "tty_second")
    run_all(SEVERAL)
    test_module_leaves(second)
    run("device remove tty_second")
    run("device remove /org/mu709/modem/tty_first")
    run("list", 0, "", "There is no module\n")
    run("list --json", 0, r"\[\]\n")
    run("status", 4, "", "error: There is no module\n")
    stop(process)
    test_monitor(directory, first)


main(test_nobody, test_stand_in, test_daemon)
