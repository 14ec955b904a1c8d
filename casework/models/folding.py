from django.db.models import CharField, Func


class Folded(Func):
    """A name as it is searched: small letters without accents, apostrophes and full stops gone, hyphens as spaces.

    The function is made by a migration. It stands in generated columns, so a name typed into a search must go through
    it too.
    """

    function = "casework_folded"
    arity = 1
    output_field = CharField(max_length=200)
