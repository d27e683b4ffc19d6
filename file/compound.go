package file

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A compound file (MS-CFB) is a small file system: sectors, a table that chains them, and a directory. Nothing but the
// directory is read.
type compound struct {
	f       io.ReaderAt
	sector  int64    // bytes of one
	sectors uint32   // how many there are
	table   []uint32 // the sectors that hold the table of chains
	first   uint32   // of the directory
}

const (
	endOfChain = 0xFFFFFFFA // from here on a number stands for no sector
	entrySize  = 128        // of the directory
	headerSize = 512
	inHeader   = 109 // sectors of the table that the header names
)

// maxEntries bounds the directory: a document has some dozens.
const maxEntries = 20000

var errCompound = errors.New("not a compound file")

// openCompound reads the header and where the table of chains lies. Every chain is bounded by the number of sectors.
func openCompound(f io.ReaderAt, size int64) (*compound, error) {
	h := make([]byte, headerSize)
	if _, err := f.ReadAt(h, 0); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	shift := binary.LittleEndian.Uint16(h[30:])
	if shift != 9 && shift != 12 {
		return nil, errCompound
	}
	c := &compound{f: f, sector: 1 << shift, first: binary.LittleEndian.Uint32(h[48:])}
	c.sectors = uint32((size - c.sector + c.sector - 1) / c.sector)
	for i := range inHeader {
		if n := binary.LittleEndian.Uint32(h[76+4*i:]); n < endOfChain {
			c.table = append(c.table, n)
		}
	}
	more := binary.LittleEndian.Uint32(h[68:])
	for seen := uint32(0); more < endOfChain; seen++ {
		if seen > c.sectors {
			return nil, errCompound
		}
		b, err := c.read(more)
		if err != nil {
			return nil, err
		}
		last := len(b) - 4
		for i := 0; i < last; i += 4 {
			if n := binary.LittleEndian.Uint32(b[i:]); n < endOfChain {
				c.table = append(c.table, n)
			}
		}
		more = binary.LittleEndian.Uint32(b[last:])
	}
	return c, nil
}

// read reads a sector.
func (c *compound) read(n uint32) ([]byte, error) {
	if n >= c.sectors {
		return nil, errCompound
	}
	b := make([]byte, c.sector)
	if _, err := c.f.ReadAt(b, (int64(n)+1)*c.sector); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("sector %d: %w", n, err)
	}
	return b, nil
}

// next is the sector that follows one in its chain.
func (c *compound) next(n uint32) (uint32, error) {
	each := uint32(c.sector / 4)
	if int(n/each) >= len(c.table) {
		return 0, errCompound
	}
	b, err := c.read(c.table[n/each])
	if err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint32(b[4*(n%each):]), nil
}

// names are the names in the directory.
func (c *compound) names() (names []string, err error) {
	at := c.first
	for seen := uint32(0); at < endOfChain; seen++ {
		if seen > c.sectors || len(names) > maxEntries {
			return nil, errCompound
		}
		b, err := c.read(at)
		if err != nil {
			return nil, err
		}
		for i := 0; i+entrySize <= len(b); i += entrySize {
			if b[i+66] != 0 { // an entry in use
				names = append(names, utf16Name(b[i:i+entrySize]))
			}
		}
		if at, err = c.next(at); err != nil {
			return nil, err
		}
	}
	return names, nil
}
