package records

import (
	"encoding/json"
	"testing"
)

func FuzzRecords(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) { Read(data) })
}

// For `load`: what Go has for JSON, beside the C target of that name.
func FuzzJSON(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) { json.Valid(data) })
}
