"""Who did what, when, to which record: ids and names of fields, never a word of text.

`record` stands inside an operation's transaction, `record_read` before an answer that
shows somebody's record. `chain` seals what was recorded so that later changes show.
"""

from .chain import head, seal_pending
from .recording import MemberLike, record, record_read
from .verdict import Verdict, verify, verify_report

__all__ = [
    "MemberLike",
    "Verdict",
    "head",
    "record",
    "record_read",
    "seal_pending",
    "verify",
    "verify_report",
]
