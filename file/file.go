// Package file takes in files of strangers. Check recognises what a file is by its content and refuses the rest in
// words; of pictures it makes what others see. A Folder keeps files on a disk under the hashes of what they hold.
// Nothing is ever executed, and no name that somebody gave a file becomes a path.
package file
