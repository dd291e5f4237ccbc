"""Which plugin is on for which company: the plan of a switch, the switch, and its history."""
