"""A hundred invented names, and ten ways in which people misspell a name."""

import random
from collections.abc import Callable


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words(
    "Zephyrine Calantha Ottoline Perpetua Wilhelmina Anaïs Siân Zoë Chloë Renée Françoise Bronwen Philippa Katharine "
    "Jacqueline Rhiannon Siobhán Aoife Niamh Ffion Malachi Caspian Leopold Ignatius Balthazar Sylvester Raphaël "
    "Christopher Nathaniel Frederick Ezekiel Thaddeus Zachary Mohammed Yusuf Krzysztof Łukasz Dimitri Óscar Jürgen"
)
LAST = _words(
    "Quillfeather Thistlewood O’Marrow Penhale-Low Featherstonehaugh Cholmondeston Ashbrocke Trevanion Blackthorne "
    "Vellacott Skarrowby Wrobelski Müllerby Ó’Faolin Van-der-Meer Nightjar Oakhanger Corvellis Drennick Harrockstone "
    "Jesselwood Larrowby Ombersley Grisselthwaite Yarrickson Whitmarsh Lanscombe Swindlehurst Kettleborough Phipperton"
)
CROWD_FIRST = _words(
    "Amelia Alfie Beatrice Bradley Caitlin Callum Daisy Declan Eleanor Elliot Faith Finley Georgia George Harriet "
    "Harvey Imogen Isaac Jasmine Jacob Keira Kieran Lottie Logan Maisie Mason Nancy Noah Olivia Oscar Phoebe Rhys "
    "Scarlett Stanley Tamsin Theo Willow William Zara Zachary Katherine Christian Philip Frederica Nathan Yasmin"
)
CROWD_LAST = _words(
    "Abberton Alderdice Amphlett Barraclough Baskerfield Bickerstaff Cadwallader Castellane Chetwynd Clutterbuck "
    "Colclough Corfield Derrington Eccleshall Fallowfield Forsdyke Garbett Hardwicke Hotchkiss Jellicoe Kynaston "
    "Latchford Littlehales Lyddiard Millichap Nightingale Pardoe Quarmby Radnage Sambrook Scoltock Shelvoke Thornycroft "
    "Tedstone Underwood Vernall Wainwright Westerdale Whitefoot Wolstencroft Yardley Thistleton Quillan Blackwood "
    "Trevelyan Penhallow Ashbrook Marlow Feathers Harrock Phillips"
)
SOUNDS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("k", "c"), ("z", "s"), ("s", "z"), ("ie", "y"), ("y", "i"),
          ("th", "t"), ("v", "f"), ("j", "g"), ("x", "ks"))  # fmt: skip
BESIDE = {"a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o", "j": "k", "k": "l",
          "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "r": "t", "s": "a", "t": "y", "u": "i", "v": "b", "w": "e",
          "x": "c", "y": "u", "z": "x"}  # fmt: skip
PLAIN = str.maketrans("ëïéèâáóüçŁłÓö", "eieeaaoucLlOo")

Way = Callable[[str, random.Random], str]


def hundred_names() -> list[tuple[str, str]]:
    """Return a hundred first and last names, no two alike."""
    chance = random.Random(100)
    every = [(first, last) for first in FIRST for last in LAST]
    return chance.sample(every, 100)


def crowd(number: int) -> list[tuple[str, str]]:
    """Return as many names as asked, among which the hundred must be found; many share a name."""
    chance = random.Random(7)
    return [(chance.choice(CROWD_FIRST), chance.choice(CROWD_LAST)) for _ in range(number)]


def each_word(change: Way) -> Way:
    """Return the change made to every word of four letters or more."""

    def changed(name: str, chance: random.Random) -> str:
        return " ".join(change(word, chance) if len(word) > 3 else word for word in name.split(" "))

    return changed


def _left_out(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[: at + 1] + word[at:]


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _wrong_vowel(word: str, chance: random.Random) -> str:
    vowels = [at for at, letter in enumerate(word) if letter in "aeiou"]
    if not vowels:
        return word
    at = chance.choice(vowels)
    return word[:at] + chance.choice([each for each in "aeiou" if each != word[at]]) + word[at + 1 :]


def _as_it_sounds(word: str, chance: random.Random) -> str:
    for spelt, heard in SOUNDS:
        if spelt in word.lower()[1:] or word.lower().startswith(spelt):
            return word.lower().replace(spelt, heard, 1)
    return word


def _beside(word: str, chance: random.Random) -> str:
    at = chance.choice([at for at, letter in enumerate(word.lower()) if letter in BESIDE])
    return word[:at] + BESIDE[word[at].lower()] + word[at + 1 :]


def _plain(name: str, chance: random.Random) -> str:
    return name.translate(PLAIN)


def _joined(name: str, chance: random.Random) -> str:
    first, last = name.split(" ")
    return f"{first} {last.replace('-', '').replace('’', ' ')}" if "-" in last or "’" in last else f"{first}{last}"


def _turned(name: str, chance: random.Random) -> str:
    first, last = name.split(" ")
    return f"{_left_out(last, chance)}, {first}"


def _cut_short(name: str, chance: random.Random) -> str:
    first, last = name.split(" ")
    return f"{first[:3]} {last[:5]}"


WAYS: dict[str, Way] = {
    "a letter left out of each word": each_word(_left_out),
    "a letter doubled in each word": each_word(_doubled),
    "two letters swapped in each word": each_word(_swapped),
    "a wrong vowel in each word": each_word(_wrong_vowel),
    "as it sounds": each_word(_as_it_sounds),
    "a neighbouring key in each word": each_word(_beside),
    "without accents": _plain,
    "joined, or an apostrophe apart": _joined,
    "last name first, a letter left out": _turned,
    "the beginnings only": _cut_short,
}
