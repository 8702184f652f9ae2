"""The Word engine: fills and checks templates, draws charts and codes, turns documents into PDF; knows no campaign."""
