"""Writing documents and workbooks: with which template, to which file, and who fills it in."""
