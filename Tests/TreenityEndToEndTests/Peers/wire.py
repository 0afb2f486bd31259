"""A server in a process of its own, and peers that speak to it over bare sockets: whatever bytes they like."""

import atexit
import base64
import json
import os
import socket
import struct
import subprocess
import sys
import traceback
import urllib.request

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
# Longer than anything here takes; what is not there by then does not come.
PATIENCE = 30


class Server:
    def __init__(self, program, *arguments):
        self.process = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1:0", "--log-level", "critical", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        # However the test ends: nobody else would end it.
        atexit.register(self.process.kill)
        line = self.process.stdout.readline().decode().strip()
        if not line:
            raise SystemExit(f"the server does not start: {self.process.wait()}")
        self.port = int(line.rsplit(":", 1)[1].split("/")[0])

    def get(self, path):
        return urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE).read().decode()

    def tree(self):
        return json.loads(self.get("/tree"))

    def metric(self, name):
        return sum(float(line.rsplit(" ", 1)[1]) for line in self.get("/metrics").splitlines() if line.startswith(name))

    def descriptors(self):
        """How many are sockets, and how many are not."""
        folder = f"/proc/{self.process.pid}/fd/"
        kinds = []
        for name in os.listdir(folder):
            try:
                kinds.append(os.readlink(folder + name).startswith("socket:"))
            except FileNotFoundError:
                pass
        return kinds.count(True), kinds.count(False)

    def memory(self, field="VmRSS"):
        """In bytes: what is in RAM, or with VmHWM the most that ever was."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) << 10 for line in status if line.startswith(field + ":"))

    def forget_peak(self):
        """Has VmHWM begin anew (proc(5), clear_refs)."""
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as file:
            file.write("5")

    def is_alive(self):
        return self.process.poll() is None

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.stdout.close()


class Closed(Exception):
    """The connection has ended; the code is that of the close frame, None where there was none."""

    def __init__(self, code):
        super().__init__(f"closed with {code}")
        self.code = code


def frame(opcode, payload, fin=True, masked=True, reserved=0, length=None):
    """A frame as a client writes it, wrong where that is asked for. The mask is of zeros, which is one too."""
    count = len(payload) if length is None else length
    bit = 0x80 if masked else 0
    if count < 126:
        size = bytes([bit | count])
    elif count < 1 << 16:
        size = bytes([bit | 126]) + struct.pack(">H", count)
    else:
        size = bytes([bit | 127]) + struct.pack(">Q", count)
    return bytes([(0x80 if fin else 0) | reserved << 4 | opcode]) + size + (b"\0\0\0\0" if masked else b"") + payload


def request(headers=()):
    lines = ["GET /patches HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade",
             "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode(), "Sec-WebSocket-Version: 13", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


SESSION = "Sec-WebSocket-Protocol: treenity.v1"
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate"


class Peer:
    def __init__(self, server, headers=(SESSION,), window=None):
        self.socket = connect(server, window)
        self.rest = b""
        self.socket.sendall(request(headers))
        while b"\r\n\r\n" not in self.rest:
            self.read()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        assert b" 101 " in head.split(b"\r\n")[0], head

    def read(self):
        try:
            data = self.socket.recv(1 << 18)
        except ConnectionResetError:
            data = b""
        if not data:
            raise Closed(None)
        self.rest += data

    def message(self):
        """The next message, pings answered; Closed at the end."""
        while True:
            while (whole := self.cut()) is None:
                self.read()
            opcode, payload = whole
            if opcode == CLOSE:
                raise Closed(struct.unpack(">H", payload[:2])[0] if payload else 1005)
            if opcode == PING:
                self.write(frame(PONG, payload))
            if opcode in (TEXT, BINARY):
                return payload

    def cut(self):
        if len(self.rest) < 2:
            return None
        count, start = self.rest[1], 2
        if count == 126:
            count, start = int.from_bytes(self.rest[2:4], "big"), 4
        elif count == 127:
            count, start = int.from_bytes(self.rest[2:10], "big"), 10
        if len(self.rest) < start + count:
            return None
        opcode, payload = self.rest[0] & 15, self.rest[start:start + count]
        self.rest = self.rest[start + count:]
        return opcode, payload

    def next(self, *types):
        """The next frame, of these types where any are given."""
        while True:
            message = json.loads(self.message())
            if not types or message["type"] in types:
                return message

    def write(self, data):
        """What the server does not take, because it has closed, is not missed."""
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def send(self, value):
        self.write(frame(TEXT, json.dumps(value).encode()))

    def end(self):
        """Reads on to the end; returns the close code."""
        try:
            while True:
                self.message()
        except Closed as closed:
            return closed.code
        finally:
            self.socket.close()

    def close(self):
        self.socket.close()

    def reset(self):
        reset(self.socket)


def connect(server, window=None):
    plug = socket.socket()
    if window:
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    plug.settimeout(PATIENCE)
    plug.connect(("127.0.0.1", server.port))
    plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return plug


def reset(plug):
    """Closes without a farewell: what is under way is thrown away at both ends."""
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    plug.close()


def judge(main, *arguments):
    """Runs a test to its verdict: whatever stops it is told on standard output, and by the exit code."""
    try:
        return main(*arguments)
    except AssertionError as error:
        print("broken:", error)
    except Exception:
        print(traceback.format_exc())
    sys.exit(1)
