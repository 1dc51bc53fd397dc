"""Keys of figures, unique in their document."""


def own_key(key: str, taken: set[str]) -> str:
    """The key, numbered where the document has it already; taken from now on."""
    number, own = 1, key
    while own in taken:
        number += 1
        own = f"{key}_{number}"
    taken.add(own)
    return own
