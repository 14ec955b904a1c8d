from typing import Any

from exclusions.forms.documents import DocumentForm, WithdrawDocumentForm


class EvidenceForm(DocumentForm):
    """A document, asked for as evidence of an action."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = "For example: outreach model, version 3"


class WithdrawEvidenceForm(WithdrawDocumentForm):
    """The same of evidence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].help_text = "For example: it belongs to another action"
