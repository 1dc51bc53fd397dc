"""The verbs of this stage, by family: drafting, texts, evidence, filing."""

from .drafting import Change, Clash, Kept, Unreadable, declare_zero, save_each, save_figures
from .evidence import attach, caption_evidence, remove_evidence
from .filing import NotReady, record_paper_signature, send_back, sign, submit, withdraw
from .owing import prepare
from .texts import confirm_numbers, remove_narrative, save_narrative

__all__ = [
    "Change",
    "Clash",
    "Kept",
    "NotReady",
    "Unreadable",
    "attach",
    "caption_evidence",
    "confirm_numbers",
    "declare_zero",
    "prepare",
    "record_paper_signature",
    "remove_evidence",
    "remove_narrative",
    "save_each",
    "save_figures",
    "save_narrative",
    "send_back",
    "sign",
    "submit",
    "withdraw",
]
