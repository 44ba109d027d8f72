"""The bounds of the portal, with defaults for a server of two cores and 4 GB."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Limits:
    """How much of everything; times in seconds.

    `most_at_once` questions are worked on, `most_waiting` more may wait for `longest_wait`; a
    question that has no answer after `longest_query` gets none. `most_cells` of plain CSV is the
    longest answer. A client must take each piece of an answer within `longest_piece`, and all of
    it within `longest_answer`. `memory` is for tables kept, in bytes, and for the largest of them;
    `answers` for finished answers kept to be given again.
    """

    most_at_once: int = 4
    most_waiting: int = 400
    longest_wait: float = 10.0
    longest_query: float = 20.0
    longest_piece: float = 30.0
    longest_answer: float = 3_600.0
    most_cells: int = 60_000_000
    memory: int = 1 << 29
    answers: int = 1 << 26
    longest_address: int = 8_192
    most_parameters: int = 200
    longest_headers: int = 32_768

    @property
    def texts(self) -> int:
        """Bytes for what was written of tables and may be written again."""
        return self.memory // 2

    def share(self, processes: int) -> "Limits":
        """What each of several processes may take, so that all together take no more.

        Each works on one question at least.
        """
        return replace(
            self,
            most_at_once=-(-self.most_at_once // processes),
            most_waiting=-(-self.most_waiting // processes),
            memory=self.memory // processes,
            answers=self.answers // processes,
        )
