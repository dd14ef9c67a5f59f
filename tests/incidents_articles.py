"""Short articles of our own about invented days on real borders, for the tests of the extraction."""

from datetime import date

from incidents.model import Article, Span

PUBLISHED = date(2024, 6, 15)


def article(text, *, published=PUBLISHED, article_id="test"):
    """Make an article whose whole text is body."""
    year = published.year if published else None
    return Article(
        article_id, text, (Span(0, len(text)),), title="A test", publisher="The Test", published=published, year=year
    )


UVIRA = """Clashes near Uvira leave six dead

Six soldiers were killed on Thursday when rebels attacked an army post near Uvira, the governor of South Kivu said.

Eleven people were wounded in the attack. The rebels also captured the town of Sake, residents said.

Rwanda denied any involvement in the attack.

The rebels threatened to march on Bukavu if the army did not withdraw.

Did anybody see the rebels attack Goma? The council called on both sides to stop fighting.

The army and the rebels fought over Bunagana in 2012.
"""

TORKHAM = """ISLAMABAD (Reuters) - Pakistan closed the Torkham crossing on Wednesday after border guards traded fire, officials said.

One Afghan guard was killed and four were wounded. No casualties were reported on the Pakistani side.

Kabul accused Pakistan of opening fire on a new post.

Trucks were stuck at Torkham on Friday, and talks on reopening the Torkham crossing were held in Jalalabad.
"""

BADME = """Ethiopia and Eritrea traded accusations on Tuesday.

On June 3, Ethiopian troops shelled Zalambessa. On June 7, Eritrean forces fired rockets at Humera, killing a woman and two children.

The army advanced on Badme on June 9 and took the village of Rama.

A monitoring mission confirmed the shelling of Zalambessa.
"""
