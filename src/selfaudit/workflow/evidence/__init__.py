"""``evidence``: the files that show what answers and findings say."""
