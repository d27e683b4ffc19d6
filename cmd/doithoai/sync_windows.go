package main

// syncFolder has nothing to do: Windows keeps renames in its journal and can't flush a folder.
func syncFolder(string) error { return nil }
