// Package misses has bench/targets/misses/*.c as Go would test it.
package misses

import (
	"encoding/binary"
	"testing"
)

func FuzzMagic(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 4 {
			return
		}
		if binary.LittleEndian.Uint32(data) == 0xdeadbeef {
			panic("bug")
		}
	})
}

func FuzzNumber(f *testing.F) {
	f.Fuzz(func(t *testing.T, number int64) {
		if number == 123456 {
			panic("bug")
		}
	})
}

func FuzzLong(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 10000 {
			panic("bug")
		}
	})
}

func FuzzTwo(f *testing.F) {
	f.Fuzz(func(t *testing.T, first []byte, second []byte) {
		if len(first) < 4 || len(second) < 4 {
			return
		}
		firstSame, secondSame := uint32(first[0]^'a')-1, uint32(second[0]^'b')-1
		alike := uint32(first[0]^second[0]) - 1
		if (firstSame|secondSame|alike)>>31 == 0 {
			panic("bug")
		}
	})
}

func FuzzDeep(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 3 || data[0] != '<' {
			return
		}
		if len(data) >= 20 && data[1] == '!' {
			panic("bug")
		}
		panic("shallow")
	})
}
