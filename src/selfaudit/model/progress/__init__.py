"""How far everybody is: standings, what was signed, who was reminded, and what units and body say together."""
