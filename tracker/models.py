"""Index: imports every stage's models, for Django only. Nothing may import it."""

from tracker.catalogue import models as catalogue
from tracker.jobs import models as jobs
from tracker.ledger import models as ledger
from tracker.notices import models as notices
from tracker.receipts import models as receipts
from tracker.releases import models as releases
from tracker.review import models as review
from tracker.submissions import models as submissions
from tracker.workbooks import models as workbooks

__all__ = [
    "catalogue",
    "jobs",
    "ledger",
    "notices",
    "receipts",
    "releases",
    "review",
    "submissions",
    "workbooks",
]
