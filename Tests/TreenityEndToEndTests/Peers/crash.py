"""Kills a server at random moments under four writers, and finds out whether anything acknowledged was lost.

crash.py TREENITY FOLDER ROUNDS SEED

Every patch is an ADD of a node of its own, alone or in a batch, so that each takes one place in the order: in the end the
places of all acknowledged patches have to be 1 to the newest, each once, and the tree has to hold all of them. A subscriber
that resumes after each crash has to get every patch exactly once.
"""

import asyncio
import json
import random
import signal
import subprocess
import sys
import urllib.request

import websockets

WRITERS = 4
IN_FLIGHT = 16


class Server:
    def __init__(self, program, folder):
        self.process = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1:0", "--data", folder + "/tree.db", "--log-level", "error"],
            stdout=subprocess.PIPE,
        )
        self.address = self.process.stdout.readline().decode().strip()
        if not self.address:
            raise SystemExit(f"the server does not start: {self.process.wait()}")

    def end(self, number):
        self.process.send_signal(number)
        self.process.wait()
        self.process.stdout.close()

    def tree(self):
        url = self.address.replace("ws://", "http://").replace("/patches", "/tree")
        return json.load(urllib.request.urlopen(url))


def connect(server):
    return websockets.connect(server.address, subprotocols=["treenity.v1"], max_size=None)


async def greeting(socket):
    welcome = json.loads(await socket.recv())
    assert welcome["type"] == "WELCOME", welcome
    return welcome


class Writer:
    def __init__(self, number):
        self.number = number
        self.count = 0
        self.waiting = {}  # id → frame
        self.places = {}  # node → place in the order, of what was acknowledged

    def make(self, dice):
        def patch():
            self.count += 1
            return {"type": "PATCH", "operation": "ADD", "path": f"tree/w{self.number}/n{self.count}",
                    "value": {"v": self.count}}

        if dice.random() < 0.3:
            frame = {"type": "BATCH", "patches": [patch() for _ in range(dice.randint(1, 5))]}
        else:
            frame = patch()
        frame["id"] = f"w{self.number}-{self.count}"
        return frame

    def acknowledged(self, answer):
        assert answer["type"] == "ACK" and "superseded" not in answer, answer
        frame = self.waiting.pop(answer["id"])
        patches = frame.get("patches", [frame])
        for offset, patch in enumerate(reversed(patches)):
            self.places[patch["path"]] = answer["seq"] - offset

    async def write(self, server, dice):
        """Sends again what is not acknowledged, then more, until the connection breaks."""
        try:
            async with connect(server) as socket:
                await greeting(socket)
                for frame in list(self.waiting.values()):
                    await socket.send(json.dumps(frame))
                while True:
                    while len(self.waiting) < IN_FLIGHT:
                        frame = self.make(dice)
                        self.waiting[frame["id"]] = frame
                        await socket.send(json.dumps(frame))
                    self.acknowledged(json.loads(await socket.recv()))
        except (websockets.ConnectionClosed, OSError, EOFError, websockets.InvalidHandshake):
            pass

    async def finish(self, server):
        async with connect(server) as socket:
            await greeting(socket)
            for frame in list(self.waiting.values()):
                await socket.send(json.dumps(frame))
            while self.waiting:
                self.acknowledged(json.loads(await socket.recv()))


class Subscriber:
    def __init__(self):
        self.seen = []
        self.epoch = None

    async def follow(self, server, until=None):
        try:
            async with connect(server) as socket:
                welcome = await greeting(socket)
                assert self.epoch in (None, welcome["epoch"]), "the epoch is another"
                self.epoch = welcome["epoch"]
                since = self.seen[-1]["seq"] if self.seen else 0
                await socket.send(json.dumps({"type": "SUBSCRIBE", "id": "s", "path": "tree", "since": since,
                                              "epoch": self.epoch}))
                answer = json.loads(await socket.recv())
                assert answer["type"] == "RESUMED" and answer["from"] == since, answer
                while until is None or not self.seen or self.seen[-1]["seq"] < until:
                    frame = json.loads(await socket.recv())
                    if frame["type"] in ("PATCH", "BATCH"):
                        self.seen += frame.get("patches", [frame])
        except (websockets.ConnectionClosed, OSError, EOFError, websockets.InvalidHandshake):
            assert until is None, "the connection broke"


async def main(program, folder, rounds, seed):
    dice = random.Random(seed)
    writers = [Writer(number) for number in range(WRITERS)]
    subscriber = Subscriber()
    for _ in range(rounds):
        server = Server(program, folder)
        tasks = [asyncio.create_task(writer.write(server, dice)) for writer in writers]
        tasks.append(asyncio.create_task(subscriber.follow(server)))
        await asyncio.sleep(dice.uniform(0.05, 0.5))
        server.end(signal.SIGKILL)
        await asyncio.gather(*tasks)
        server = Server(program, folder)
        tree = server.tree()
        for writer in writers:
            there = tree.get(f"w{writer.number}", {})
            for path in writer.places:
                name = path.rsplit("/", 1)[1]
                assert there.get(name) == {"v": int(name[1:])}, f"{path} was acknowledged and is lost"
        server.end(signal.SIGKILL if dice.random() < 0.5 else signal.SIGTERM)
    server = Server(program, folder)
    for writer in writers:
        await writer.finish(server)
    places = sorted(place for writer in writers for place in writer.places.values())
    assert places == list(range(1, len(places) + 1)), "the order has gaps, or places given twice"
    await subscriber.follow(server, until=len(places))
    assert [patch["seq"] for patch in subscriber.seen] == places, "the subscriber missed something, or got it twice"
    model = {}
    for patch in subscriber.seen:
        _, writer, node = patch["path"].split("/")
        model.setdefault(writer, {})[node] = patch["value"]
    assert model == server.tree(), "the tree is another than what was sent"
    server.end(signal.SIGTERM)
    print(f"{rounds} crashes, {len(places)} patches, none lost")


try:
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
except AssertionError as error:
    print("lost:", error)
    sys.exit(1)
