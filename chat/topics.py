"""What connections follow of a room."""


def of_room(room_id: int) -> str:
    """Everything that happens in it: its members."""
    return f"chat.room:{room_id}"


def on_screen(room_id: int) -> str:
    """Who else is looking, and who is writing: members who have it on the screen."""
    return f"chat.here:{room_id}"


def room_of(topic: str) -> int:
    return int(topic.rpartition(":")[2])
