"""Draws every Django form field as a whole GOV.UK group: label, hint, error, input."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.safestring import SafeString

# What Django's widgets are drawn with instead of Django's own templates.
OWN_TEMPLATES = {
    "django/forms/widgets/radio.html": "forms/widgets/radios.html",
    "django/forms/widgets/checkbox_select.html": "forms/widgets/checkboxes.html",
}

# What the published script looks for behind its "Show" button.
REVEALED_BY_SCRIPT = "govuk-password-input__input govuk-js-password-input-input"
# The published class of each widget, the first that fits.
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    # Django's checkboxes are a kind of radios, so they come first.
    (forms.CheckboxSelectMultiple, "govuk-checkboxes govuk-checkboxes--small"),
    (forms.RadioSelect, "govuk-radios govuk-radios--small"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (Input, "govuk-input"),
)
TAKE_ERROR_CLASS = frozenset({"govuk-input", "govuk-textarea", "govuk-select", "govuk-file-upload"})


class GovukBoundField(BoundField):
    """A field of a form on a page. `{{ form.field }}` draws the group, not the bare input."""

    def __str__(self) -> SafeString:
        return self.as_widget() if self.is_hidden else self.as_field_group()

    __html__ = __str__

    @property
    def kind(self) -> str:
        """Return which drawing the field's template uses."""
        widget = self.field.widget
        if self.is_hidden:
            return "hidden"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        if isinstance(widget, forms.PasswordInput):
            return "password"
        return "fieldset" if self.use_fieldset else "plain"

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}-hint" if self.help_text else ""

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}-error" if self.errors else ""

    @property
    def aria_describedby(self) -> str:
        """Return the ids of what describes the field: what the widget names, the hint, the error."""
        if self.is_hidden:
            return ""
        own = str(self.field.widget.attrs.get("aria-describedby", ""))
        return " ".join(part for part in (own, self.hint_id, self.error_id) if part)

    @property
    def label_classes(self) -> str:
        """Return the label's classes: bold, unless the form's `label_classes` say otherwise."""
        own: dict[str, str] = getattr(self.form, "label_classes", {})
        kind = "govuk-fieldset__legend--s" if self.use_fieldset else "govuk-label--s"
        return own.get(self.name, kind)

    @property
    def group_classes(self) -> str:
        """Return the group's classes from the form's `group_classes`."""
        own: dict[str, str] = getattr(self.form, "group_classes", {})
        return own.get(self.name, "")

    @property
    def first_input_id(self) -> str:
        """Return the id that a line of the error summary leads to."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.MultiWidget):
            return f"{self.auto_id}_0"
        return str(widget.attrs.get("id") or self.auto_id)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the published classes and `aria-describedby`.

        The browser's own required check is left off: ours says what to do and names every problem.
        """
        widget = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        if widget.is_hidden:
            return built
        own = str(widget.attrs.get("class", ""))
        if isinstance(widget, forms.PasswordInput):
            own = f"{REVEALED_BY_SCRIPT} {own}".strip()
            built |= {"spellcheck": "false", "autocapitalize": "none"}
        published = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
        error = f"{published}--error" if self.errors and published in TAKE_ERROR_CLASS else ""
        built["class"] = " ".join(part for part in (published, own, error) if part)
        if self.aria_describedby and not self.use_fieldset:
            built["aria-describedby"] = self.aria_describedby
        if self.use_fieldset:
            built.pop("aria-invalid", None)
        return built


class GovukFormRenderer(TemplatesSetting):
    """The project's FORM_RENDERER."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = GovukBoundField

    def get_template(self, template_name: str) -> Any:
        """Return a template, ours in place of Django's where we have one."""
        return super().get_template(OWN_TEMPLATES.get(template_name, template_name))


def error_summary(form: forms.BaseForm) -> list[dict[str, str]]:
    """Return the error summary's lines, in the order of the page: text, and href of the input.

    A problem of the whole form, or of a hidden field, has no href.
    """
    if not form.is_bound:
        return []
    lines = [{"text": str(text), "href": ""} for text in form.non_field_errors()]
    for field in form:
        for text in field.errors:
            leads = not field.is_hidden and isinstance(field, GovukBoundField)
            href = f"#{field.first_input_id}" if leads else ""  # type: ignore[attr-defined]
            lines.append({"text": str(text), "href": href})
    return lines
