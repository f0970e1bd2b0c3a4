"""What has an end: rules, runs, holds and certificates, for the security administrator and the auditor."""
