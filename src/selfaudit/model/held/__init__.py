"""What people say, held against the body's own data."""
