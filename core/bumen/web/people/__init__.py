"""The pages for people and roles, and for one's own account.

They stand at Flask-AppBuilder's addresses and ask for its permissions; what they show and write
is ours. There are no groups: roles are held in companies, or in all of them.
"""
