package doc

import (
	"bytes"
	"encoding/binary"
)

// sRGB is a profile of the International Color Consortium (version 2) that says what the colours of a file mean: the
// primaries of IEC 61966-2-1 as seen in the light of D50, and a gamma of 2.2.
func sRGB() []byte {
	type tag struct {
		name string
		data []byte
	}
	words := func(kind string, values ...uint32) []byte {
		b := append([]byte(kind), 0, 0, 0, 0)
		for _, v := range values {
			b = binary.BigEndian.AppendUint32(b, v)
		}
		return b
	}
	// s15Fixed16
	xyz := func(x, y, z float64) []byte {
		return words("XYZ ", uint32(x*65536+0.5), uint32(y*65536+0.5), uint32(z*65536+0.5))
	}
	const name = "sRGB"
	described := words("desc", uint32(len(name)+1))
	described = append(append(described, name...), make([]byte, 1+4+4+2+1+67)...)
	curve := append(words("curv", 1), 0x02, 0x33)
	tags := []tag{
		{"desc", described}, {"cprt", append(words("text"), "CC0\x00"...)}, {"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rXYZ", xyz(0.43607, 0.22249, 0.01392)}, {"gXYZ", xyz(0.38515, 0.71687, 0.09708)},
		{"bXYZ", xyz(0.14307, 0.06061, 0.71410)}, {"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	const head = 128
	index := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var data bytes.Buffer
	for _, t := range tags {
		index = append(index, t.name...)
		index = binary.BigEndian.AppendUint32(index, uint32(head+4+12*len(tags)+data.Len()))
		index = binary.BigEndian.AppendUint32(index, uint32(len(t.data)))
		data.Write(t.data)
		data.Write(make([]byte, (4-data.Len()%4)%4))
	}
	b := make([]byte, head, head+len(index)+data.Len())
	binary.BigEndian.PutUint32(b, uint32(head+len(index)+data.Len()))
	binary.BigEndian.PutUint32(b[8:], 0x02100000)
	copy(b[12:], "mntrRGB XYZ ")
	for i, v := range []int{made.Year(), int(made.Month()), made.Day()} {
		binary.BigEndian.PutUint16(b[24+2*i:], uint16(v))
	}
	copy(b[36:], "acsp")
	copy(b[68:], xyz(0.9642, 1, 0.8249)[8:])
	return append(append(b, index...), data.Bytes()...)
}
