"""How the programs talk to Google's APIs, to Terraform and to people. Python 3.9 or later, and nothing else."""
