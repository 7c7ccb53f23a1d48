package edtf_test

import (
	"testing"

	"recto/cards/edtf"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in        string
		precision edtf.Precision
		shape     edtf.Shape
		year      int
	}{
		{"2022-03-21", edtf.Day, edtf.Single, 2022},
		{"2022-03", edtf.Month, edtf.Single, 2022},
		{"1956", edtf.Year, edtf.Single, 1956},
		{"196X", edtf.Decade, edtf.Single, 1960},
		{"18XX", edtf.Century, edtf.Single, 1800},
		{"-04XX", edtf.Century, edtf.Single, -400},
		{"-00XX", edtf.Century, edtf.Single, -1},
		{"-0043", edtf.Year, edtf.Single, -43},
		{"0000", edtf.Year, edtf.Single, 0},
		{"1850~", edtf.Year, edtf.Single, 1850},
		{"1850?", edtf.Year, edtf.Single, 1850},
		{"1850%", edtf.Year, edtf.Single, 1850},
		{"2022-21", edtf.Season, edtf.Single, 2022},
		{"2022-36", edtf.Season, edtf.Single, 2022},
		{"XXXX-09-03", edtf.Day, edtf.Single, 0},
		{"XXXX-02-29", edtf.Day, edtf.Single, 0},
		{"1914/1918", edtf.Year, edtf.Interval, 1914},
		{"1941-12/1942-03", edtf.Month, edtf.Interval, 1941},
		{"-0026/0014", edtf.Year, edtf.Interval, -26},
		{"2010/..", edtf.Year, edtf.Interval, 2010},
		{"1918-11-11T11:00:00", edtf.Minute, edtf.Single, 1918},
		{"{1942-06-03,1942-06-05}", edtf.Day, edtf.Set, 1942},
	} {
		v, err := edtf.Parse(c.in)
		if err != nil {
			t.Errorf("Parse(%q) fails: %v", c.in, err)
			continue
		}
		if d := v.Dates[0]; d.Precision != c.precision || v.Shape != c.shape || d.Year != c.year || v.String() != c.in {
			t.Errorf("Parse(%q) = %+v, written %q", c.in, v, v)
		}
	}
	for _, bad := range []string{"", "56", "19566", "2022-3", "2022-13", "2022-02-30", "1900-02-29", "2022-21-01", "XXXX", "X", "XX", "-XXXX-01", "1918/1914", "1918/", "/1918", "1/2/3", "{}", "{1956", "1956T10:00:00", "1956-01-01T25:00:00", "196X-01", "18XX-05", "1956~~", "today", "2022-37", "-0000"} {
		if v, err := edtf.Parse(bad); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", bad, v)
		}
	}
}

func TestAdd(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"1956-12-31", 1, "1957-01-01"},
		{"2000-03-01", -1, "2000-02-29"},
		{"1956-11", 2, "1957-01"},
		{"1956", -1, "1955"},
		{"196X", 1, "197X"},
		{"18XX", 1, "19XX"},
		{"0001", -1, "0000"},
	} {
		d, err := edtf.ParseDate(c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Add(c.n).String(); got != c.want {
			t.Errorf("%s moved by %d is %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"1956", "1957", -1},
		{"1956-12", "1956", 0},
		{"1956-12-31", "1957", -1},
		{"195X", "1956", 0},
		{"18XX", "1900", -1},
		{"-0043", "0014", -1},
		{"1942-06-05", "1942-06-03", 1},
	} {
		a, errA := edtf.ParseDate(c.a)
		b, errB := edtf.ParseDate(c.b)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if got := edtf.Compare(a, b); got != c.want {
			t.Errorf("Compare(%s, %s) = %d, want %d", a, b, got, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2022-03-21", "-04XX", "1850~", "1914/1918", "{1956,1958}", "1918-11-11T11:00:00", "2010/.."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := edtf.Parse(s)
		if err == nil && v.String() != s {
			t.Errorf("Parse(%q) is written %q", s, v)
		}
	})
}
