// Package records is bench/targets/records.c once more, function by function and branch by branch.
package records

const depthMax = 6
const inputMax = 4096

type reader struct {
	data []byte
	at   int
	end  int
}

func next(r *reader) int {
	if r.at >= r.end {
		return -1
	}
	c := int(r.data[r.at])
	r.at++
	return c
}

func digit(c int) bool { return c >= '0' && c <= '9' }

func length(r *reader) int {
	first := next(r)
	if first < 0 {
		return -1
	}
	if first < 0x80 {
		return first
	}
	if first == 0x80 {
		return -2
	}
	if first > 0x81 {
		return -3
	}
	return next(r)
}

func integer(r *reader) int {
	value, digits, negative := 0, 0, false
	c := next(r)
	if c == '-' {
		negative = true
		c = next(r)
	} else if c == '+' {
		c = next(r)
	}
	for digit(c) {
		if value > 99999999 {
			return -10
		}
		value = value*10 + c - '0'
		digits++
		c = next(r)
	}
	if digits == 0 {
		return -11
	}
	if c >= 0 {
		return -12
	}
	if value == 0 && negative {
		return -13
	}
	if value > 1000000 {
		return 2
	}
	return 1
}

func real(r *reader) int {
	whole, fraction, exponent := 0, 0, 0
	c := next(r)
	if c == '-' {
		c = next(r)
	}
	for digit(c) {
		whole++
		c = next(r)
	}
	if whole == 0 {
		return -20
	}
	if c == '.' {
		c = next(r)
		for digit(c) {
			fraction++
			c = next(r)
		}
		if fraction == 0 {
			return -21
		}
	}
	if c == 'e' || c == 'E' {
		c = next(r)
		if c == '-' || c == '+' {
			c = next(r)
		}
		for digit(c) {
			exponent++
			c = next(r)
		}
		if exponent == 0 {
			return -22
		}
		if exponent > 3 {
			return -23
		}
	}
	if c >= 0 {
		return -24
	}
	if fraction > 0 {
		return 2
	}
	return 1
}

func text(r *reader) int {
	characters := 0
	for {
		c := next(r)
		if c < 0 {
			break
		}
		more := 0
		if c < 0x20 {
			if c != '\n' {
				return -30
			}
		} else if c >= 0xf5 {
			return -31
		} else if c >= 0xf0 {
			more = 3
		} else if c >= 0xe0 {
			more = 2
		} else if c >= 0xc2 {
			more = 1
		} else if c >= 0x80 {
			return -32
		}
		for ; more > 0; more-- {
			c = next(r)
			if c < 0x80 || c > 0xbf {
				return -33
			}
		}
		characters++
	}
	if characters > 12 {
		return 2
	}
	return 1
}

func pair(r *reader, most int) int {
	tens := next(r)
	ones := next(r)
	if !digit(tens) || !digit(ones) {
		return -1
	}
	value := (tens-'0')*10 + ones - '0'
	if value > most {
		return -1
	}
	return value
}

func clock(r *reader) int {
	if pair(r, 23) < 0 {
		return -40
	}
	if next(r) != ':' {
		return -41
	}
	if pair(r, 59) < 0 {
		return -42
	}
	c := next(r)
	if c < 0 {
		return 1
	}
	if c != ':' {
		return -43
	}
	if pair(r, 60) < 0 {
		return -44
	}
	c = next(r)
	if c < 0 {
		return 2
	}
	if c == 'Z' {
		return 3
	}
	return -45
}

func ascending(r *reader) int {
	last, count := -1, 0
	for r.at < r.end {
		low := next(r)
		high := next(r)
		if high < 0 {
			return -50
		}
		value := high*256 + low
		if value <= last {
			return -51
		}
		last = value
		count++
	}
	if count == 0 {
		return -52
	}
	if count > 4 {
		return 2
	}
	return 1
}

func hexadecimal(r *reader) int {
	digits := 0
	if next(r) != '0' || next(r) != 'x' {
		return -60
	}
	for {
		c := next(r)
		if c < 0 {
			break
		}
		if c == '_' {
			continue
		}
		if !digit(c) && (c < 'a' || c > 'f') {
			return -61
		}
		digits++
	}
	if digits == 0 {
		return -62
	}
	if digits%2 == 1 {
		return -63
	}
	if digits == 8 {
		return 2
	}
	return 1
}

func record(r *reader, tag int, depth int) int {
	switch tag {
	case 'i':
		return integer(r)
	case 'r':
		return real(r)
	case 's':
		return text(r)
	case 't':
		return clock(r)
	case 'l':
		return ascending(r)
	case 'x':
		return hexadecimal(r)
	case 'b':
		c := next(r)
		if c == 0 || c == 1 {
			return 1
		}
		return -70
	case 'g':
		if depth >= depthMax {
			return -71
		}
		return records(r, depth+1)
	default:
		return -72
	}
}

func records(r *reader, depth int) int {
	count := 0
	for r.at < r.end {
		tag := next(r)
		if tag == 0 {
			break
		}
		bytes := length(r)
		if bytes < 0 {
			return -80
		}
		if bytes > r.end-r.at {
			return -81
		}
		inner := reader{r.data, r.at, r.at + bytes}
		result := record(&inner, tag, depth)
		if result < 0 {
			return result
		}
		if inner.at != inner.end {
			return -82
		}
		r.at += bytes
		count++
	}
	if count == 0 {
		return -83
	}
	if count > 3 {
		return 2
	}
	return 1
}

// Result keeps the compiler from leaving out what nobody reads.
var Result int

// Read is LLVMFuzzerTestOneInput.
func Read(data []byte) {
	if len(data) > inputMax {
		return
	}
	r := reader{data, 0, len(data)}
	version := next(&r)
	if version < '1' || version > '3' {
		return
	}
	if version == '3' && next(&r) != '!' {
		return
	}
	Result = records(&r, 0)
}
