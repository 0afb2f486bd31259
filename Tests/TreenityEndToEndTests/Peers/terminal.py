"""Runs a program on a pseudo-terminal of a type, types keys, ends it in a way, and says what state it left behind.

    terminal.py TYPE WAY AWAITED KEYS DONE -- COMMAND…

Types KEYS (Python escapes) when the text AWAITED has come, and ends the program by WAY once DONE has: `keys`, or the name
of a signal. Prints what is wrong, a line each, then `exit CODE`.
"""
import os, pty, re, select, signal, subprocess, sys, termios, time

kind, way, awaited, keys, done = sys.argv[1:6]
command = sys.argv[7:]
# The runtime would otherwise ask at the terminal what to do about a crash.
environment = dict(os.environ, TERM=kind, LC_ALL="C.UTF-8", SWIFT_BACKTRACE="enable=no")
for name in ("LINES", "COLUMNS", "TMUX", "STY", "COLORTERM", "NO_COLOR"):
    environment.pop(name, None)
master, slave = pty.openpty()
termios.tcsetwinsize(slave, (24, 80))
before = termios.tcgetattr(slave)
process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True)
came = b""


def plain():
    """What came, without what moves, colours and switches."""
    text = re.sub(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()].|\x1b[=>78M]|\$<\d+>|[\x0e\x0f]", b"", came)
    return text.decode(errors="replace")


def read(seconds):
    global came
    if select.select([master], [], [], seconds)[0]:
        came += os.read(master, 65536)
        return True
    return False


def wait(condition, what):
    end = time.monotonic() + 30
    while not condition():
        if time.monotonic() > end:
            print(f"{what} never came; the last was {came[-300:]!r}")
            process.kill()
            sys.exit()
        read(0.1)


def left_on(switch_on, switch_off):
    return came.rfind(switch_on) > came.rfind(switch_off)


wait(lambda: awaited in plain(), repr(awaited))
if keys:
    os.write(master, keys.encode().decode("unicode_escape").encode())
    wait(lambda: done in plain(), repr(done))
if way == "keys":
    os.write(master, b"q")
    # The edit may have no answer yet; then the program asks.
    wait(lambda: process.poll() is not None or "quit all the same" in plain(), "the end, or the question")
    if process.poll() is None:
        os.write(master, b"y")
else:
    process.send_signal(getattr(signal, way))
wait(lambda: process.poll() is not None, "the end")
while read(0.2):
    pass
for name, on, off in (
    ("the alternate screen", b"\x1b[?1049h", b"\x1b[?1049l"), ("a hidden cursor", b"\x1b[?25l", b"\x1b[?25h"),
    ("the mouse", b"\x1b[?1000h", b"\x1b[?1000l"), ("the mouse's form", b"\x1b[?1006h", b"\x1b[?1006l"),
    ("brackets around what is pasted", b"\x1b[?2004h", b"\x1b[?2004l"),
    ("a picture held back", b"\x1b[?2026h", b"\x1b[?2026l"), ("the keypad", b"\x1b[?1h", b"\x1b[?1l"),
):
    if left_on(on, off):
        print(f"left behind: {name}")
if termios.tcgetattr(slave) != before:
    print("left behind: modes of the line")
code = process.returncode
print("exit", 128 - code if code < 0 else code)
