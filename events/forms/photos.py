"""Adding photos, and how an event's gallery is set up."""

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..domain import names
from ..domain.photo_ledger import LONGEST_IDENT
from ..models import Gallery
from .fields import fits

# Browsers' "image/*" leaves out what some phones make, so each is named (rules/photos.md).
PHOTOS = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif,.jpg,.jpeg,.png,.webp,.heic,.heif,.avif"
ZIPS = "application/zip,.zip"
MOST_CHOSEN = 20_000


class Files(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name)


class FilesField(forms.Field):
    """Any number of files; what each of them is, is looked at later."""

    widget = Files

    def has_changed(self, initial, data):
        return bool(data)


class AddPhotosForm(forms.Form):
    """Which photos; a script opens the go first and sends the files one by one (`comes_first`)."""

    use_required_attribute = False
    files = FilesField(label=_("Photos"), error_messages={"required": _("Choose at least one photo.")})

    def __init__(self, *args, comes_first=False, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["files"]
        field.required = not comes_first
        field.widget.attrs |= {"accept": PHOTOS, "multiple": True}
        self.order_fields([name for name in self.fields if name != "files"] + ["files"])


class OfficePhotosForm(AddPhotosForm):
    """Into an album of the event, where there are some, or (`makes_albums`) a new one; also zips."""

    album = forms.ModelChoiceField(
        label=pgettext_lazy("of photos", "album"), queryset=None, required=False, empty_label=_("no album"),
        error_messages={"invalid_choice": _("This album is not there any more. Choose another one.")},
    )  # fmt: skip

    new_album = forms.CharField(required=False, max_length=60, validators=[fits])

    def __init__(self, *args, albums, makes_albums, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["album"].queryset = albums
        self.fields["new_album"].label = _("Or a new album") if albums else _("A new album for them")
        if not albums:
            del self.fields["album"]
        if not makes_albums:
            del self.fields["new_album"]
        self.fields["files"].label = _("Photos, or a zip of photos")
        self.fields["files"].widget.attrs["accept"] = f"{PHOTOS},{ZIPS}"

    def clean_new_album(self):
        return names.squeeze(self.cleaned_data["new_album"])


class GuestPhotosForm(AddPhotosForm):
    """With the word that they may be shared (U7)."""

    may_share = forms.BooleanField(
        label=_("I took these photos or may share them, and those in them will be glad to see them"),
        error_messages={"required": _("Tick that you may share the photos, so that we may show them.")},
    )


class TablePhotosForm(GuestPhotosForm):
    """From whom, for nobody is known by the code on a table."""

    sender_name = forms.CharField(
        label=_("Your name"), max_length=120, validators=[fits],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Only the organisers see it."),
        error_messages={"required": _("Write your name, so that the organisers know whom to thank.")},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["sender_name", "may_share", "files"])

    def clean_sender_name(self):
        return names.squeeze(self.cleaned_data["sender_name"])


class FileSentForm(forms.Form):
    """What a script says beside one file, or instead of one that is too large to send."""

    ident = forms.CharField(required=False, strip=False, max_length=LONGEST_IDENT * 4)
    chosen = forms.IntegerField(required=False, min_value=0, max_value=MOST_CHOSEN)
    name = forms.CharField(required=False, max_length=300)
    size = forms.IntegerField(required=False, min_value=0, max_value=2**60)


GROUPS = (
    (_("Who sees the photos"), ["is_open", "approval"]),
    (_("Who may add some"), ["takes_guest_photos", "guest_limit", "takes_table_photos"]),
    (_("How long they stay"), ["keeps_originals", "kept_days"]),
)


class GalleryForm(forms.ModelForm):
    """The settings of an event's photos."""

    class Meta:
        model = Gallery
        fields = [name for _title, names_ in GROUPS for name in names_]
        widgets = {"approval": forms.RadioSelect}
        help_texts = {
            "takes_guest_photos": _("On their own page, from the day of the event on."),
            "approval": _("Holds for photos that come in from now on; those here stay as they are."),
            "guest_limit": _("Whoever sends more is kindly asked to wait until tomorrow."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, most in (("guest_limit", 5000), ("kept_days", 3650)):
            field = self.fields[name]
            field.max_value = most
            field.validators = [*field.validators, MaxValueValidator(most)]
            field.widget.attrs |= {"inputmode": "numeric", "min": 1, "max": most}
            field.error_messages |= dict.fromkeys(
                ("invalid", "min_value", "max_value"), _("Write a number from 1 to %(most)s.") % {"most": most}
            )

    @property
    def groups(self):
        """[(title, [bound field])]"""
        return [(title, [self[name] for name in fields]) for title, fields in GROUPS]
