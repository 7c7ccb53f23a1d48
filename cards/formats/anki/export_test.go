package anki

// Strip is strip, for its test.
var Strip = strip
