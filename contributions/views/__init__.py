"""The pages of this app, one view or twin a module."""
