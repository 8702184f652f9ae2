"""``report``: the Word reports of people, units and branches, the documents of the kit, and the final report."""
