"""How a city's documents look and what they say every time: order, formulas, roster, masthead, range mark."""
