"""One of many readers stops reading: it is cut off, and nobody else notices.

stopped.py TREENITY ROUNDS

A writer sends a patch when the one before has reached every reader that reads. The times that this took are compared with
those before one stopped.
"""

import select
import sys
import time

from wire import Closed, judge, PATIENCE, Peer, Server

READERS = 50
QUEUE = 1 << 20
VALUE = "x" * 16_000
# Before the server has to let go of what waits, the kernel takes this much at both ends, at most (tcp_wmem, and the window).
KERNEL = 8 << 20
# Nothing of that is the server's memory; that of its own buffers is this much, roughly measured.
MEMORY = QUEUE + (24 << 20)


class Reader(Peer):
    """A replica of an object of values."""

    def __init__(self, server, window=None):
        super().__init__(server, window=window)
        self.tree, self.seq = {}, 0
        self.epoch = self.next("WELCOME")["epoch"]

    def subscribe(self, **since):
        self.send({"type": "SUBSCRIBE", "id": "s", "path": "tree", **since})
        return self.next("SNAPSHOT", "RESUMED")

    def take(self):
        """The next patches."""
        message = self.next("PATCH", "BATCH", "AT")
        for patch in message.get("patches", [message]):
            if "value" in patch:
                self.tree[patch["path"].split("/")[1]] = patch["value"]
            self.seq = patch["seq"]


class Load:
    def __init__(self, server, readers):
        self.readers = readers
        self.writer = Peer(server)
        self.writer.next("WELCOME")
        self.count = 0
        self.poll = select.epoll()
        self.by_number = {}
        for reader in readers:
            self.by_number[reader.socket.fileno()] = reader
            self.poll.register(reader.socket, select.EPOLLIN)

    def send(self):
        """Returns how long the patch took to each reader, in seconds."""
        self.count += 1
        key = f"k{self.count % 100}"
        self.writer.send({"type": "ADD", "id": f"w{self.count}", "path": f"tree/{key}", "value": f"{self.count} {VALUE}"})
        begin = time.monotonic()
        times = []
        while len(times) < len(self.readers):
            ready = self.poll.poll(PATIENCE)
            assert ready, f"patch {self.count} does not come to {len(self.readers) - len(times)} readers"
            for number, _ in ready:
                reader = self.by_number[number]
                reader.read()
                while (whole := reader.cut()) is not None:
                    if b'"PATCH"' in whole[1]:
                        assert b'"seq":%d' % self.count in whole[1], "a patch comes out of its order"
                        times.append(time.monotonic() - begin)
        answer = self.writer.next("ACK", "ERROR")
        assert answer["type"] == "ACK", answer
        return times


def percentile(times, part):
    return sorted(times)[int(len(times) * part)]


def once(server, load):
    slow = Reader(server, window=1 << 14)
    slow.subscribe()
    reading = [time for _ in range(150) for time in load.send()]
    # What has come so far is read, and from here on nothing.
    while slow.seq < load.count:
        slow.take()
    before = server.memory()
    cut_off = server.metric("treenity_cut_off_total")
    server.forget_peak()
    stopped, sent = [], 0
    while server.metric("treenity_cut_off_total") == cut_off:
        assert sent < KERNEL + 2 * QUEUE, "the reader that has stopped is not cut off"
        for _ in range(50):
            stopped += load.send()
            sent += len(VALUE)
    grown = server.memory("VmHWM") - before
    assert grown < MEMORY, f"the server has taken {grown >> 20} MiB"
    ratio = percentile(stopped, 0.99) / percentile(reading, 0.99)
    assert ratio < 4 or percentile(stopped, 0.99) < 0.05, f"the others waited {ratio:.1f} times as long"
    # It wakes up: what had been sent is still there, and then it is told why there is no more.
    try:
        while True:
            slow.take()
    except Closed as closed:
        code = closed.code
    assert code in (1013, None), code
    assert slow.seq < load.count
    again = Reader(server)
    again.tree, again.seq = slow.tree, slow.seq
    answer = again.subscribe(since=slow.seq, epoch=slow.epoch)
    assert answer["type"] == "RESUMED" and answer["from"] == slow.seq, answer
    while again.seq < load.count:
        again.take()
    assert again.tree == server.tree(), "the tree is another after resuming"
    for peer in slow, again:
        peer.close()
    return ratio, grown, sent, code


def main(program, rounds):
    server = Server(program, "--max-queue", f"{QUEUE >> 20}MiB")
    readers = [Reader(server) for _ in range(READERS - 1)]
    for reader in readers:
        reader.subscribe()
    load = Load(server, readers)
    for _ in range(rounds):
        ratio, grown, sent, code = once(server, load)
        print(f"p99 times {ratio:.2f}, {grown >> 10} KiB more, closed with {code} after {sent >> 10} KiB")
    assert server.stop() == 0


judge(main, sys.argv[1], int(sys.argv[2]))
