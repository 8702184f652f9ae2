"""What happens to certificates, people, reported information and case files, and the notices that say so."""
