"""The verbs of this stage, by family: drafting, evidence, filing."""

from .drafting import (
    Change,
    Clash,
    Unreadable,
    confirm_numbers,
    declare_zero,
    prepare,
    remove_narrative,
    save_figures,
    save_narrative,
)
from .evidence import attach, remove_evidence
from .filing import NotReady, record_paper_signature, send_back, sign, submit, withdraw

__all__ = [
    "Change",
    "Clash",
    "NotReady",
    "Unreadable",
    "attach",
    "confirm_numbers",
    "declare_zero",
    "prepare",
    "record_paper_signature",
    "remove_evidence",
    "remove_narrative",
    "save_figures",
    "save_narrative",
    "send_back",
    "sign",
    "submit",
    "withdraw",
]
