package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"recto/cards/article/pdf"
)

const (
	mill = "The mill of Dornby was built in 1780 by the brothers Hale, who owned the river bank between the bridge and the church. It ground wheat for the town, and twice a year the wagons came down from the hills to be loaded in the yard before the gate."
	rail = "In 1846 the railway reached Dornby, and flour from larger works in the city cost less. The brothers sold the mill, and a painter rented the upper floor for his pictures of the river, which hang in the town hall."
	dye  = "Dyers took over the lower floor in 1871 and washed their cloth in the stream, so that the water ran blue on Mondays and red on Fridays, as an old song has it that is still sung at the fair."
	fire = "A fire destroyed the roof in 1902. The walls were sold for their stone, and the wheel is all that is left of it today, turned by schoolchildren once a year."
)

func show(d *pdf.Document) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		kind := [...]string{"p", "h", "item", "row", "note"}[block.Kind]
		if block.Kind == pdf.Heading {
			kind += fmt.Sprint(block.Level)
		}
		fmt.Fprintf(&b, "%s: %s\n", kind, block.Text)
	}
	return b.String()
}

// byRows paints pieces row by row across all columns, as some programs do.
func byRows(columns ...[]piece) []piece {
	var out []piece
	for i := 0; ; i++ {
		n := len(out)
		for _, c := range columns {
			if i < len(c) {
				out = append(out, c[i])
			}
		}
		if len(out) == n {
			return out
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	title := piece{40, 540, 20, "F1", "The mill of Dornby, and what became of it"}
	left, right := column(40, 500, 160, 10, mill), column(220, 500, 160, 10, rail)
	running := func(n int) []piece {
		return []piece{{40, 570, 8, "F1", fmt.Sprintf("Annals of Dornby, vol. 4, %d", n)}, {200, 20, 10, "F1", fmt.Sprint(n)}}
	}
	for _, c := range []struct {
		what  string
		pages []string
		want  string
	}{
		{"one column", []string{content(append([]piece{title}, column(40, 500, 340, 10, mill, rail)...)...)},
			"h1: " + title.text + "\np: " + mill + "\np: " + rail + "\n"},
		{"two columns below a title", []string{content(append(append([]piece{title}, left...), right...)...)},
			"h1: " + title.text + "\np: " + mill + "\np: " + rail + "\n"},
		{"two columns painted row by row", []string{content(append([]piece{title}, byRows(left, right)...)...)},
			"h1: " + title.text + "\np: " + mill + "\np: " + rail + "\n"},
		{"three columns", []string{content(byRows(column(20, 500, 115, 9, mill), column(150, 500, 115, 9, rail), column(280, 500, 115, 9, dye))...)},
			"p: " + mill + "\np: " + rail + "\np: " + dye + "\n"},
		{"words divided at the end of a line", []string{content(column(40, 500, 340, 10, "The brothers Hale were flour mer-| chants who built a well-known mill in 1780. They had a well-| known inn, too, and after 1846 they sold it to Anglo-| Saxon friends and a water-| mill from the years 1914-| 18 was added.")...)},
			"p: The brothers Hale were flour merchants who built a well-known mill in 1780. They had a well-known inn, too, and after 1846 they sold it to Anglo-Saxon friends and a watermill from the years 1914-18 was added.\n"},
		{"what stands on every page", []string{
			content(append(running(11), column(40, 500, 340, 10, mill+" It is said that")...)...),
			content(append(running(12), column(40, 500, 340, 10, "the wheel was heard in Crane. "+rail)...)...),
			content(append(running(13), column(40, 500, 340, 10, fire)...)...)},
			"p: " + mill + " It is said that the wheel was heard in Crane. " + rail + "\np: " + fire + "\n"},
		{"a note at the foot", []string{
			content(append(column(40, 500, 340, 10, mill+" It is said that"), piece{40, 90, 7, "F1", "1 The accounts are lost."})...),
			content(column(40, 500, 340, 10, "the wheel was heard in Crane. "+rail)...)},
			"p: " + mill + " It is said that the wheel was heard in Crane. " + rail + "\nnote: 1 The accounts are lost.\n"},
		{"a bold heading, a list and a table", []string{content(append(append([]piece{{40, 520, 10, "F2", "What was left"}},
			column(40, 500, 340, 10, mill, "• the wheel", "• two walls")...),
			piece{40, 400, 10, "F1", "Wheat"}, piece{200, 400, 10, "F1", "1,200 t"}, piece{40, 388, 10, "F1", "Rye"}, piece{200, 388, 10, "F1", "300 t"})...)},
			"h1: What was left\np: " + mill + "\nitem: the wheel\nitem: two walls\nrow: Wheat | 1,200 t\nrow: Rye | 300 t\n"},
		{"text that stands on its side", []string{content(column(40, 500, 340, 10, mill)...) + "BT /F1 10 Tf 0 1 -1 0 20 200 Tm (a stamp) Tj ET"}, "p: " + mill + "\n"},
		{"kerned text", []string{"BT /F1 10 Tf 40 500 Td [(The m) 20 (ill w) -10 (as) -300 (built) -250 (in 17) 5 (80.)] TJ ET"}, "p: The mill was built in 1780.\n"},
		{"an image within the text", []string{"BI /W 1 /H 1 /BPC 8 /CS /G ID (\xff ( EI BT /F1 10 Tf 40 500 Td (The mill was built in 1780.) Tj ET"}, "p: The mill was built in 1780.\n"},
	} {
		d, err := pdf.Read(t.Context(), document(c.pages))
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
		} else if got := show(d); got != c.want {
			t.Errorf("%s reads as\n%s\nwant\n%s", c.what, got, c.want)
		}
	}
}

func TestForm(t *testing.T) {
	t.Parallel()
	form := stream("/Type /XObject /Subtype /Form /BBox [0 0 400 600] /Matrix [1 0 0 1 0 10] /Resources << "+fonts+" /XObject << /X 100 0 R >> >>",
		content(piece{40, 400, 10, "F1", "It was sold in 1846."})+" /X Do")
	d := must[*pdf.Document](t)(pdf.Read(t.Context(), document([]string{content(column(40, 500, 340, 10, mill)...) + " /X Do"}, form)))
	if got := show(d); !strings.HasPrefix(got, "p: "+mill+"\np: It was sold") {
		t.Errorf("a form that paints itself reads as %q", got)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	plain := document([]string{content(column(40, 500, 340, 10, mill)...)})
	var locked, open bytes.Buffer
	for _, c := range []struct {
		out  *bytes.Buffer
		user string
	}{{&locked, "open sesame"}, {&open, ""}} {
		conf := &model.Configuration{Reader15: true, EncryptUsingAES: true, EncryptKeyLength: 256, UserPW: c.user, OwnerPW: "owner", Limits: model.DefaultResourceLimits(), Permissions: model.PermissionsAll, ValidationMode: model.ValidationRelaxed, Eol: "\n", WriteXRefStream: true, WriteObjectStream: true}
		if err := api.Encrypt(bytes.NewReader(plain), c.out, conf); err != nil {
			t.Fatal(err)
		}
	}
	deep := strings.Repeat("[", 100_000)
	for _, c := range []struct {
		what string
		data []byte
		want error
	}{
		{"locked", locked.Bytes(), pdf.ErrLocked},
		{"a page without text", document([]string{"0 0 100 100 re f"}), pdf.ErrNoText},
		{"no page", document(nil), pdf.ErrNoText},
		{"a bomb", document([]string{strings.Repeat("BT ET\n", 10<<20)}), pdf.ErrTooMuch},
		{"a file cut short", plain[:len(plain)/3], nil},
		{"nothing but its head", []byte("%PDF-1.7\n"), nil},
		{"objects without end", assemble(map[int]string{1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Count 1 /Kids [10 0 R] /X " + deep + " >>"}, ""), nil},
		{"a tree of pages that is a ring", assemble(map[int]string{1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [2 0 R] /Count 3 >>"}, ""), nil},
		{"tables that are a ring", bytes.Replace(assemble(map[int]string{1: "<< /Type /Catalog >>"}, "/Prev 99999"), []byte("99999"), []byte("9    "), 1), nil},
		{"a table without end", assemble(map[int]string{1: "<< /Type /XRef /Size 99999999 /W [1 9 9] /Length 10 >>\nstream\n0123456789\nendstream"}, ""), nil},
		{"pages beyond number", assemble(map[int]string{1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [] /Count 999999999 >>"}, ""), pdf.ErrTooMuch},
	} {
		d, err := pdf.Read(t.Context(), c.data)
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v, %v, want the error %v", c.what, d, err, c.want)
		}
	}
	d, err := pdf.Read(t.Context(), open.Bytes())
	if err != nil || show(d) != "p: "+mill+"\n" {
		t.Errorf("encrypted, but open to all: %v, %v", d, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := pdf.Read(ended, plain); !errors.Is(err, context.Canceled) {
		t.Errorf("after its context has ended Read says %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(document([]string{content(column(40, 500, 160, 10, mill)...)}))
	f.Add(document([]string{"/X Do"}, stream("/Subtype /Form /Resources << "+fonts+" >>", content(column(40, 500, 160, 10, mill)...))))
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := pdf.Read(context.Background(), data); err == nil {
			check(t, d)
		}
	})
}

// FuzzContent paints a page by operators made at random.
func FuzzContent(f *testing.F) {
	f.Add(content(column(40, 500, 160, 10, mill)...))
	f.Add("BT /F1 10 Tf 1 0 0 1 0 0 Tm [(a) -3000 <62 6> 1e9] TJ 3 Ts T* (c) ' 1 2 (d) \" ET q 9 0 0 9 0 0 cm Q Q BI ID EI /X Do")
	f.Fuzz(func(t *testing.T, page string) {
		d, err := pdf.Read(context.Background(), document([]string{page, page}))
		if err == nil {
			check(t, d)
		} else if strings.Contains(err.Error(), "runtime error") {
			t.Fatal(err)
		}
	})
}

func check(t *testing.T, d *pdf.Document) {
	t.Helper()
	for _, b := range d.Blocks {
		if strings.TrimSpace(b.Text) == "" || !utf8.ValidString(b.Text) || (b.Kind == pdf.Heading) != (b.Level > 0) || b.Level > 6 {
			t.Fatalf("a block is %+v", b)
		}
	}
}
