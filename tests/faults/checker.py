"""The judge. It knows nothing of the house: it compares what was acknowledged, what every window shows and what the database holds.

``python -m tests.faults.checker FOLDER`` judges a kept history once more.
"""
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.book import Line, read
from tests.faults.window import TOKEN

KINDS = ("lost", "duplicate", "gap", "leaked")
Lines = dict[str, list[Line]]


@dataclass(slots=True)
class Verdict:
    """``complaints``: by kind a sentence each; ``trouble`` is what else should not have happened."""

    acked: int
    complaints: dict[str, list[str]]
    trouble: list[str] = field(default_factory=list)

    def count(self, kind: str) -> int:
        return len(self.complaints[kind])

    @property
    def clean(self) -> bool:
        return not self.trouble and not any(self.complaints.values())


def judge(book: list[Line], database: list[Line], grace: float) -> Verdict:
    """``grace``: seconds that a removal may take to reach the other web processes; 0 with one."""
    said, held = _sorted_out(book), _sorted_out(database)
    found = {"lost": [*lost(said, held), *untold(held)], "duplicate": [*doubled(said, held)],
             "gap": [*holes(held), *disorder(held), *unseen(said, held), *belated(said)],
             "leaked": [*overheard(said, held, grace), *entered(said), *intruded(held)]}
    return Verdict(len(said["acked"]), found, [*trouble(said, held)])


def lost(said: Lines, held: Lines) -> Iterator[str]:
    """What was acknowledged stands there, as it was sent, at the number that was told."""
    by_key = {(row["author"], row["key"]): row for row in held["message"]}
    for ack in said["acked"]:
        row = by_key.get((ack["who"], ack["key"]))
        if row is None:
            yield f"{ack['key']} was acknowledged and is not there"
        elif (row["id"], row["seq"], row["room"]) != (ack["id"], ack["seq"], ack["room"]) or not row["body"].startswith(ack["text"]):
            yield f"{ack['key']} was acknowledged as {ack['id']} and is {row}"
    bodies = {row["id"]: row["body"] for row in held["message"]}
    for edit in said["edited"]:
        if not bodies.get(edit["id"], "").startswith(edit["text"]):
            yield f"the correction of {edit['id']} was acknowledged and is not there"


def untold(held: Lines) -> Iterator[str]:
    """Each message has its entry and its job; each who is addressed and has not seen it has a notice once the job is done."""
    entries, jobs = _about_messages(held["entry"]), _about_messages(held["job"])
    notices = {(notice["who"], notice["about"]) for notice in held["notice"]}
    seen = {(seat["room"], seat["who"]): seat["seen"] for seat in held["seat"]}
    for row in held["message"]:
        if not entries[row["id"]] or not jobs[row["id"]]:
            yield f"message {row['id']} has no entry or no job"
    for job in held["job"]:
        body = job["event_body"]
        if job["state"] == "done" and job["event"].endswith("MessagePosted"):
            about = f"chat.message:{body['message_id']}"
            yield from (f"{who} was never told of {about}" for who in body["mentioned"] if who != body["author_id"]
                        and seen.get((body["room_id"], who), body["seq"]) < body["seq"] and (who, about) not in notices)


def doubled(said: Lines, held: Lines) -> Iterator[str]:
    tokens = Counter(match[0] for row in held["message"] if (match := TOKEN.match(row["body"])))
    yield from (f"{token} is there {times} times" for token, times in tokens.items() if times > 1)
    for name in ("entry", "job"):
        yield from (f"message {number} has {times} of {name}" for number, times in _about_messages(held[name]).items() if times > 1)
    notices = Counter((notice["who"], notice["about"]) for notice in held["notice"])
    yield from (f"{who} was told {times} times of {about}" for (who, about), times in notices.items() if times > 1)
    yield from (f"{line['who']} saw two at {line['seq']} of room {line['room']}: {line['one']}, {line['other']}" for line in said["doubled"])


def holes(held: Lines) -> Iterator[str]:
    """Numbers without a gap: 1, 2, 3 to the room's own last one."""
    numbers = _by_room(held)
    for room in held["room"]:
        there, wanted = [row["seq"] for row in numbers[room["id"]]], list(range(1, room["last_seq"] + 1))
        if there != wanted:
            yield f"room {room['id']} counts to {room['last_seq']}: missing {sorted(set(wanted) - set(there))[:5]}, {len(there)} rows"
        if any(row["changed"] > room["last_change"] for row in numbers[room["id"]]):
            yield f"room {room['id']} has a change beyond its last one"


def disorder(held: Lines) -> Iterator[str]:
    """Who sends one after the other finds them in that order."""
    for room, rows in _by_room(held).items():
        last: dict[int, int] = defaultdict(int)
        for row in rows:
            if match := TOKEN.match(row["body"]):
                number = int(match[0][:-1].partition("-")[2])
                if number < last[row["author"]]:
                    yield f"room {room}: {match[0]} stands at {row['seq']}, behind a later one"
                last[row["author"]] = max(number, last[row["author"]])


def unseen(said: Lines, held: Lines) -> Iterator[str]:
    """Every window shows all of its room, each message as it is now, and nothing else."""
    rooms = {room: {row["seq"]: [row["id"], row["changed"], _token(row)] for row in rows} for room, rows in _by_room(held).items()}
    for shown in said["shown"]:
        wanted, there = rooms.get(shown["room"], {}), {seq: rest for seq, *rest in shown["screen"]}
        for seq in sorted(wanted.keys() | there.keys()):
            if wanted.get(seq) != there.get(seq):
                yield f"{shown['who']} sees at {seq} of room {shown['room']} {there.get(seq)} instead of {wanted.get(seq)}"


def belated(said: Lines) -> Iterator[str]:
    """A window that did not come round by itself in time shows a gap to whoever looks at it."""
    yield from (f"{who} shows room {room} to change {shown} of {last}, too long after {late['after']}"
                for late in said["late"] for who, room, shown, last in late["windows"])


def overheard(said: Lines, held: Lines, grace: float) -> Iterator[str]:
    """Nothing that came after the removal reaches the removed."""
    times, changes = _absences(said), _removals(held)
    for heard in said["heard"]:
        at = (heard["room"], heard["who"])
        for (left, back), (gone, again) in zip(times[at], changes[at], strict=False):
            if gone < heard["change"] < again and heard["at"] < back and (not grace or heard["at"] > left + grace):
                yield (f"{at[1]} heard change {heard['change']} of room {at[0]}, {heard['at'] - left:.3f} s after its removal ({gone}): "
                       f"{heard['words']}")


def entered(said: Lines) -> Iterator[str]:
    times = _absences(said)
    for probe in said["probed"]:
        at = (probe["room"], probe["who"])
        if probe["opened"] and any(left < probe["began"] and probe["at"] < back for left, back in times[at]):
            yield f"{at[1]} came through the door {probe['door']} of room {at[0]} while removed"


def intruded(held: Lines) -> Iterator[str]:
    changes = _removals(held)
    for entry in held["entry"]:
        body = entry["event_body"]
        if entry["event"].endswith("MessagePosted"):
            for gone, again in changes[body["room_id"], body["author_id"]]:
                if gone < body["change"] < again:
                    yield f"{body['author_id']} wrote {body['message_id']} (change {body['change']}) after the removal ({gone})"


def trouble(said: Lines, held: Lines) -> Iterator[str]:
    """Refusals nobody deserved, failures without a reason, jobs that were given up."""
    for what in ("refused", "given-up", "failed"):
        yield from (f"{what}: { {name: value for name, value in line.items() if name not in {'at', 'what'} } }" for line in said[what])
    yield from (f"job {job['id']} is dead: {job['owed']}" for job in held["job"] if job["state"] == "dead")


def _sorted_out(lines: list[Line]) -> Lines:
    by: Lines = defaultdict(list)
    for line in lines:
        by[line["what"]].append(line)
    return by


def _by_room(held: Lines) -> Lines:
    by: Lines = defaultdict(list)
    for row in sorted(held["message"], key=lambda row: row["seq"]):
        by[row["room"]].append(row)
    return by


def _about_messages(lines: list[Line]) -> Counter[int]:
    return Counter(line["event_body"]["message_id"] for line in lines if line["event"].endswith("MessagePosted"))


def _token(row: Line) -> str:
    found = TOKEN.search(row["body"])
    return found[0] if found else ""


def _absences(said: Lines) -> dict[tuple[int, int], list[tuple[float, float]]]:
    """By (room, person): from when to when the keeper knew that they were out."""
    found: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    back: dict[tuple[int, int], list[float]] = defaultdict(list)
    for line in said["invites"]:
        back[line["room"], line["who"]].append(line["at"])
    for line in said["removed"]:
        at = (line["room"], line["who"])
        found[at].append((line["at"], next((moment for moment in back[at] if moment > line["at"]), float("inf"))))
    return found


def _removals(held: Lines) -> dict[tuple[int, int], list[tuple[int, float]]]:
    """By (room, person): after which change they were out, and with which one they came back."""
    found: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    added: dict[tuple[int, int], list[int]] = defaultdict(list)
    for entry in held["entry"]:
        body = entry["event_body"]
        if entry["event"].endswith("MembersAdded"):
            for who in body["user_ids"]:
                added[body["room_id"], who].append(body["change"])
    for entry in held["entry"]:
        body = entry["event_body"]
        if entry["event"].endswith("MemberRemoved"):
            at = (body["room_id"], body["user_id"])
            found[at].append((body["change"], min((change for change in added[at] if change > body["change"]), default=float("inf"))))
    for pairs in found.values():
        pairs.sort()
    return found


def main(folder: Path) -> int:
    verdict = judge(read(folder / "book.jsonl"), read(folder / "database.jsonl"), 0)
    for kind in KINDS:
        print(kind, verdict.count(kind), *verdict.complaints[kind][:20], sep="\n  ")
    print("trouble", *verdict.trouble[:20], sep="\n  ")
    return 0 if verdict.clean else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
