package doithoai

// Count is how many there are, as far as people need to know: up to MaxCount it is exact.
type Count int

// MaxCount is the greatest number that a Count tells. A greater Count means that there are more.
const MaxCount = 1000

// More reports whether there are more than MaxCount.
func (c Count) More() bool { return c > MaxCount }
