"""Breaks every rule towards a server that others use meanwhile.

hostile.py TREENITY ROUNDS SEED

Whatever comes, the server has to live, to answer with an ERROR or a close code that says what was wrong, to stay within its
memory, and to keep nobody else waiting.
"""

import itertools
import json
import random
import sys
import threading
import time
import zlib

from wire import BINARY, CLOSE, Closed, connect, DEFLATE, frame, judge, Peer, PING, Server, SESSION, TEXT

LIMIT = 1 << 20
# To one message: as many as a batch may have patches, and a little.
ANSWERS = 1_000 + 10
MEMORY = 48 << 20
# How long the bystander may wait for an ACK, in seconds: much longer than it does, much shorter than an outage.
OUTAGE = 5
# And behind a message that asks for a hundred thousand things, each of which is done: a debug build takes seconds for them.
# What took time by the square of their number would take hours.
WORK = 30


class Bystander(threading.Thread):
    """Sends a patch, waits until it and its ACK are back, and so on."""

    def __init__(self, server):
        super().__init__()
        self.peer = Peer(server)
        self.peer.next("WELCOME")
        self.peer.send({"type": "SUBSCRIBE", "id": "s", "path": "tree/bystander"})
        self.peer.next("SNAPSHOT")
        self.longest = 0
        self.count = 0
        self.failure = None
        self.is_stopped = threading.Event()

    def run(self):
        try:
            while not self.is_stopped.is_set():
                begin = time.monotonic()
                self.trip()
                self.longest = max(self.longest, time.monotonic() - begin)
        except (Closed, OSError, AssertionError) as error:
            self.failure = error

    def trip(self):
        self.count += 1
        self.peer.send({"type": "ADD", "id": f"b{self.count}", "path": "tree/bystander/n", "value": self.count})
        patch = self.peer.next("PATCH", "ERROR")
        assert patch.get("value") == self.count, patch
        answer = self.peer.next("ACK", "ERROR")
        assert answer["type"] == "ACK" and answer["id"] == f"b{self.count}", answer

    def stop(self):
        self.is_stopped.set()
        self.join()
        self.peer.close()
        assert self.failure is None, f"the bystander has noticed: {self.failure!r}"
        self.judge(WORK)

    def judge(self, limit):
        assert self.longest < limit, f"the bystander waited {self.longest:.1f} s"


# Frames

def text(value):
    return frame(TEXT, value.encode())


def bomb(size):
    """Zeros, compressed to a thousandth: a piece that refers to nothing before it, again and again."""
    piece = 1 << 24
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = compressor.compress(bytes(piece)) + compressor.flush(zlib.Z_FULL_FLUSH)
    return packed * (size // piece)


def broken_frames(dice):
    """Bytes behind an upgrade, the offers in it, and how the connection has to end."""
    whole = text('{"type":"PRESENCE"}')
    yield "unmasked", frame(TEXT, b"{}", masked=False), (), 1002
    for bits in range(1, 8):
        yield f"reserved bits {bits}", frame(TEXT, b"{}", reserved=bits), (), 1002
    for bits in (1, 2, 3, 5, 7):
        yield f"reserved bits {bits} of a ping", frame(PING, b"", reserved=bits), (DEFLATE,), 1002
    for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15):
        yield f"opcode {opcode}", frame(opcode, b""), (), 1002
    yield "binary", frame(BINARY, b"{}"), (), 1003
    yield "a continuation of nothing", frame(0, b"{}"), (), 1002
    yield "a message in a message", frame(TEXT, b"{", fin=False) + whole, (), 1002
    yield "a ping in pieces", frame(PING, b"", fin=False), (), 1002
    yield "a long ping", frame(PING, bytes(126)), (), 1002
    yield "a close frame of a byte", frame(CLOSE, b"\3"), (), 1002
    for code in (0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65535):
        yield f"the close code {code}", frame(CLOSE, code.to_bytes(2, "big")), (), 1002
    yield "a close reason that is no text", frame(CLOSE, b"\3\xe8\xff"), (), 1007
    for bad in (b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x80"):
        yield f"text of {bad!r}", frame(TEXT, b'"' + bad + b'"'), (), 1007
    yield "text cut in a character", frame(TEXT, b"\xe2", fin=False) + frame(0, b"\x28"), (), 1007
    # Only the heads: nobody needs to wait for the rest.
    for count in (LIMIT + 1, 1 << 32, (1 << 63) - 1, 1 << 63, (1 << 64) - 1):
        yield f"a frame of {count}", frame(TEXT, b"", length=count), (), 1009
        yield f"a compressed frame of {count << 1}", frame(TEXT, b"", reserved=4, length=min(count << 1, (1 << 64) - 1)), \
            (DEFLATE,), 1009
    pieces = [frame(TEXT, b" " * (LIMIT // 4), fin=False)] + [frame(0, b" " * (LIMIT // 4), fin=False)] * 3
    yield "pieces that are together too long", b"".join(pieces) + frame(0, b" "), (), 1009
    pieces = [frame(TEXT, b" ", fin=False)] + [frame(0, b"", fin=False)] * 1_000
    yield "a thousand empty pieces, then a message", b"".join(pieces) + whole, (), 1002
    packed = bomb(1 << 30)
    assert len(packed) <= LIMIT, len(packed)
    yield "a bomb of 1 GiB", frame(TEXT, packed, reserved=4), (DEFLATE,), 1009
    yield "a bomb in pieces", frame(TEXT, packed[:9_999], False, reserved=4) + frame(0, packed[9_999:]), (DEFLATE,), 1009
    yield "a bomb of a byte too much", frame(TEXT, bomb(1 << 24)[:-9], reserved=4), (DEFLATE,), 1009
    for _ in range(20):
        yield "compressed noise", frame(TEXT, b"\7" + dice.randbytes(dice.randint(0, 300)), reserved=4), (DEFLATE,), 1007


def break_frames(server, dice):
    for name, data, offers, code in broken_frames(dice):
        peer = Peer(server, (SESSION, *offers))
        peer.write(data)
        ended = peer.end()
        assert ended == code, f"{name}: closed with {ended} instead of {code}"


def make_noise(server, dice, rounds):
    """Bytes that mean nothing, or hardly; where they are the beginning of something, more is waited for."""
    for _ in range(rounds):
        noise = dice.randbytes(dice.randint(1, 2_000))
        peer = Peer(server, (SESSION, DEFLATE))
        valid = frame(TEXT, b'{"type":"FIND","id":"f","query":"x"}') + frame(CLOSE, b"\3\xe8")
        place = dice.randrange(len(valid))
        peer.write(dice.choice([noise, valid[:place] + bytes([valid[place] ^ 1 << dice.randrange(8)]) + valid[place + 1:]]))
        peer.socket.shutdown(1)
        code = peer.end()
        assert code in (None, 1000, 1002, 1003, 1007, 1009), code
        stranger = connect(server)
        stranger.sendall(noise + b"\r\n\r\n")
        stranger.shutdown(1)
        answer = b""
        try:
            while data := stranger.recv(1 << 16):
                answer += data
        except ConnectionResetError:
            pass
        assert answer == b"" or answer.startswith(b"HTTP/1.1 4"), answer[:100]
        stranger.close()


# JSON

PATCH = {"type": "PATCH", "operation": "EDIT", "path": "tree/a/b", "value": {"x": 1}, "timestamp": 1, "base": 1,
         "id": "p", "seq": 1, "meta": {"user": "ann", "session": "s"}}
FRAMES = [
    PATCH, {**PATCH, "operation": "ADD", "path": "tree/a"}, {**PATCH, "operation": "DELETE"},
    {**PATCH, "operation": "MOVE", "value": {"to": "tree/c"}}, {**PATCH, "operation": "EXECUTE", "path": "tree/@echo"},
    {**PATCH, "value": {"x": {"$text": [1, "y", {"d": 1}]}}}, {"type": "BATCH", "id": "b", "patches": [PATCH, PATCH]},
    {"type": "SUBSCRIBE", "id": "s", "path": "tree/a", "depth": 1, "since": 1, "epoch": "e"},
    {"type": "UNSUBSCRIBE", "id": "s"}, {"type": "HISTORY", "id": "h", "path": "tree", "before": 9, "limit": 9},
    {"type": "FIND", "id": "f", "path": "tree", "query": "x", "limit": 9}, {"type": "PRESENCE", "path": "tree/a"},
    {"type": "RESULT", "id": "r", "value": 1},
]
TYPES = {"ERROR", "ACK", "PATCH", "BATCH", "SNAPSHOT", "RESUMED", "FOUND", "HISTORY", "PRESENCE", "RESULT", "AT", "WELCOME"}
BIG = 1 << 63
VALUES = [None, True, 0, -1, 1.5, BIG - 1, -BIG, BIG, -BIG - 1, 1 << 64, 1e308, "", "x" * 65, "x" * 300, "\0", "..", "tree",
          "tree/" + "a/" * 127 + "a", "tree/" + "a/" * 128 + "a", "\u202e\U0001f600", [], [None], [[]], {}, {"": 1},
          {"a": {}}, {"to": None}, {"to": "tree/a/b/c"}, {"from": 1}, {"$text": 1}, {"$text": [BIG - 1, BIG - 1]},
          {"$text": [{"d": BIG - 1}, {"d": BIG - 1}]}, {"$text": [{"d": -BIG}]}, {"x": {"$text": [BIG - 1, "a", BIG - 1]}},
          [PATCH] * 3]


def wrong_values():
    """Every member of every frame, as something else."""
    for base in FRAMES:
        for key in [*base, "extra"]:
            for value in VALUES:
                yield json.dumps({**base, key: value})
        for key in base:
            yield json.dumps({other: value for other, value in base.items() if other != key})


def mutated(dice):
    """A frame of which some bytes are others, or gone, or there twice."""
    data = bytearray(json.dumps(dice.choice(FRAMES)).encode())
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(data))
        match dice.randrange(4):
            case 0: data[place] = dice.choice(b'{}[]",:0-9eE.\\u\x00\x7f tf')
            case 1: del data[place:place + dice.randint(1, 8)]
            case 2: data[place:place] = data[place:place + dice.randint(1, 20)]
            case 3: data[place:place] = dice.choice([b'"\\ud800"', b"1e999", b"-", b"[" * 50, b'{"a":' * 50, b'"a":'])
        data = data or bytearray(b"{")
    return data.decode(errors="replace")


def many_keys():
    """As many properties of one node as a message can hold: new ones, and then the same with values that need other room."""
    def filled(beginning, value, end):
        text = beginning + "{"
        for number in itertools.count():
            member = f'"{number:x}":{value},'
            if len(text) + len(member) + len(end) > LIMIT:
                return text[:-1] + "}" + end
            text += member

    yield '{"type":"ADD","path":"tree/many"}'
    for value in ("0", '"longer than what was there"', "[]"):
        yield filled('{"type":"EDIT","path":"tree/many","value":', value, "}")
    yield '{"type":"DELETE","path":"tree/many"}'
    yield filled('{"type":"ADD","path":"tree/many","value":', "0", "}")


def large(count):
    """Within the limit on bytes, and as much as it can be of something else; but for the number of keys, which is a choice."""
    def filled(beginning, unit, end):
        count = (LIMIT - len(beginning) - len(end)) // len(unit)
        return beginning + unit * count + end

    value = '{"type":"EDIT","path":"tree/a","id":"v","value":'
    for deep in ("[", '{"a":', '[{"a":'):
        yield deep * 10_000
        yield value + deep * 10_000 + "1" + "".join({"[": "]", "{": "}"}.get(c, "") for c in reversed(deep * 10_000)) + "}"
    yield filled("", "[", "")
    yield filled("", '{"a":', "")
    yield filled("[", "{},", "{}]")
    yield filled("[", "1,", "1]")
    yield filled('{"type":"BATCH","id":"x","patches":[', "{},", "{}]}")
    yield filled('{"type":"FIND","id":"f","query":"', "\u0130", '"}').encode()[:LIMIT].decode(errors="ignore")
    keys = ",".join(f'"{number:x}":0' for number in range(min(count, LIMIT // 10)))
    yield "{" + keys + "}"
    yield value + "{" + keys + "}}"
    yield filled("{", '"type":"PATCH",', '"type":"PATCH"}')
    yield filled(value, "9", "}")
    yield filled(value + '"', "\\u0000", '"}')
    yield filled("", " ", "")
    yield filled('{"type":"EDIT","base":0,"path":"tree/a","id":"t","value":{"x":{"$text":[', '{"d":1},', "1]}}}")
    yield filled('{"type":"ADD","id":"d","path":"tree', "/a", '"}')


def converse(server, messages, together=50):
    """Says all of it, so many at once; every answer has to be one, and the connection has to stand."""
    peer = Peer(server)
    peer.next("WELCOME")
    messages = iter(messages)
    for number in itertools.count():
        group = list(itertools.islice(messages, together))
        if not group:
            return peer.close()
        assert all(len(message.encode()) <= LIMIT for message in group)
        peer.write(b"".join(map(text, group)) + text(json.dumps({"type": "UNSUBSCRIBE", "id": f"end {number}"})))
        count = 1
        try:
            while not is_end(peer.next(), number):
                count += 1
        except Closed as closed:
            raise AssertionError(f"closed with {closed.code} by one of {[message[:200] for message in group]}") from None
        assert count <= ANSWERS * len(group), f"{count} answers to {len(group)} messages, as {group[0][:200]}"


def is_end(answer, number):
    assert answer["type"] in TYPES, answer
    if answer["type"] != "ERROR":
        return False
    assert answer["code"] and answer["message"], answer
    return answer.get("id") == f"end {number}"


def main(program, rounds, seed):
    dice = random.Random(seed)
    server = Server(program)
    bystander = Bystander(server)
    bystander.start()
    try:
        before = server.memory()
        server.forget_peak()
        break_frames(server, dice)
        make_noise(server, dice, 20 * rounds)
        converse(server, wrong_values())
        converse(server, (mutated(dice) for _ in range(500 * rounds)))
        grown = server.memory("VmHWM") - before
        assert grown < MEMORY, f"the server has taken {grown >> 20} MiB"
        converse(server, large(10_000), together=1)
        bystander.judge(OUTAGE)
        converse(server, many_keys(), together=1)
    finally:
        assert server.is_alive(), f"the server has died: {server.process.returncode}"
        bystander.stop()
    json.loads(server.get("/tree"))
    assert server.stop() == 0
    print(f"nothing broken, {bystander.count} round trips beside it, the longest {bystander.longest * 1_000:.0f} ms, "
          f"{grown >> 20} MiB more")


judge(main, sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
