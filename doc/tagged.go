package doc

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"
)

// The library draws pages and embeds letters. What it can't say is added here to the file that it wrote: the tree of
// the document for those who hear it (tagged PDF), and what an archive asks for (PDF/A-2): metadata, the meaning of
// its colours, an identity, names of letters that say they are a part. docs/adr/0017 tells why.

// object is an indirect object of a PDF file, between "n 0 obj" and "endobj".
type object []byte

// finished turns what the library wrote into the file that goes out.
func finished(raw []byte, d Doc, root *node) ([]byte, error) {
	list, err := objects(raw)
	if err != nil {
		return nil, err
	}
	f := &finisher{objects: list}
	pages, err := f.pages()
	if err != nil {
		return nil, err
	}
	f.fonts()
	tree := f.tree(root, pages)
	profile := f.add(stream("/N 3 ", f.compressed(sRGB())))
	metadata := f.add(object(fmt.Sprintf("<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n%s\nendstream\n",
		len(xmp(d)), xmp(d))))
	info := f.add(object(fmt.Sprintf("<</Title %s /Author %s /Creator %s /Producer %s "+
		"/CreationDate (%s) /ModDate (%[5]s)>>\n",
		pdfText(clean(d.Title())), pdfText(clean(oneLine(d.Authority))), pdfText(product), pdfText(product),
		made.Format("D:20060102150405Z"))))
	catalog := f.add(object(fmt.Sprintf("<</Type /Catalog /Pages 1 0 R /Lang (vi-VN) /MarkInfo <</Marked true>> "+
		"/ViewerPreferences <</DisplayDocTitle true>> /StructTreeRoot %d 0 R /Metadata %d 0 R "+
		"/OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB) "+
		"/DestOutputProfile %d 0 R>>]>>\n", tree, metadata, profile)))
	return f.file(catalog, info), nil
}

type finisher struct {
	objects []object // number n at n-1; nil: gone
	deflate *zlib.Writer
}

func (f *finisher) add(o object) (number int) {
	f.objects = append(f.objects, o)
	return len(f.objects)
}

// objects takes a file apart by its table of places. The last two, information and catalogue, are written anew.
func objects(raw []byte) ([]object, error) {
	at := bytes.LastIndex(raw, []byte("startxref\n"))
	if at < 0 {
		return nil, fmt.Errorf("no table of places in %d bytes", len(raw))
	}
	start, err := strconv.Atoi(string(bytes.Fields(raw[at:])[1]))
	if err != nil || start < 0 || start > at {
		return nil, fmt.Errorf("table of places at %q", bytes.Fields(raw[at:])[1])
	}
	lines := bytes.Split(raw[start:at], []byte("\n"))
	var places []int
	for _, l := range lines[2:] {
		if !bytes.HasSuffix(l, []byte(" 00000 n ")) {
			if len(places) > 0 {
				break
			}
			continue
		}
		place, err := strconv.Atoi(string(l[:10]))
		if err != nil {
			return nil, fmt.Errorf("place of an object: %w", err)
		}
		places = append(places, place)
	}
	order := append([]int{start}, places...)
	sort.Ints(order)
	list := make([]object, len(places))
	for i, place := range places {
		end := order[sort.SearchInts(order, place)+1:][0]
		body, found := bytes.CutPrefix(raw[place:end], fmt.Appendf(nil, "%d 0 obj\n", i+1))
		body, ended := bytes.CutSuffix(bytes.TrimRight(body, "\n"), []byte("endobj"))
		if !found || !ended {
			return nil, fmt.Errorf("object %d has no beginning or end", i+1)
		}
		list[i] = body
	}
	list[len(list)-1], list[len(list)-2] = nil, nil
	return list, nil
}

// pages finds the pages, names their place in the tree, and compresses what is on them.
func (f *finisher) pages() (numbers []int, err error) {
	contents := regexp.MustCompile(`/Contents (\d+) 0 R`)
	for i, o := range f.objects {
		rest, found := bytes.CutPrefix(o, []byte("<</Type /Page\n"))
		if !found {
			continue
		}
		m := contents.FindSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("page %d has nothing on it", len(numbers)+1)
		}
		content, err := strconv.Atoi(string(m[1]))
		if err != nil || content < 1 || content > len(f.objects) {
			return nil, fmt.Errorf("page %d has its content in %q", len(numbers)+1, m[1])
		}
		_, drawn, found := bytes.Cut(f.objects[content-1], []byte("stream\n"))
		drawn, ended := bytes.CutSuffix(bytes.TrimRight(drawn, "\n"), []byte("endstream"))
		if !found || !ended {
			return nil, fmt.Errorf("page %d has no content", len(numbers)+1)
		}
		f.objects[content-1] = stream("", f.compressed(drawn))
		f.objects[i] = fmt.Appendf(nil, "<</Type /Page\n/StructParents %d\n/Tabs /S\n%s", len(numbers), rest)
		numbers = append(numbers, i+1)
	}
	return numbers, nil
}

// stream is a compressed stream with its dictionary.
func stream(entries string, deflated []byte) object {
	b := fmt.Appendf(nil, "<<%s/Filter /FlateDecode /Length %d>>\nstream\n", entries, len(deflated))
	return append(append(b, deflated...), "\nendstream\n"...)
}

// compressed uses one compressor for all streams of a file: each takes close to a megabyte.
func (f *finisher) compressed(b []byte) []byte {
	var out bytes.Buffer
	if f.deflate == nil {
		f.deflate = zlib.NewWriter(&out)
	} else {
		f.deflate.Reset(&out)
	}
	f.deflate.Write(b) //nolint:errcheck // a buffer takes all
	f.deflate.Close()  //nolint:errcheck // a buffer takes all
	return out.Bytes()
}

// libraryFont is the name that the library gives to letters.
var libraryFont = regexp.MustCompile(`/utf8serif(BI|B|I)?\b`)

// fonts gives the letters their own names, with the mark that only some of them are there.
func (f *finisher) fonts() {
	names := map[string]string{
		"": "/DTAAAA+LiberationSerif", "B": "/DTAAAB+LiberationSerif-Bold", "I": "/DTAAAC+LiberationSerif-Italic",
		"BI": "/DTAAAD+LiberationSerif-BoldItalic",
	}
	for i, o := range f.objects {
		if !bytes.HasPrefix(o, []byte("<</Type /Font")) {
			continue
		}
		f.objects[i] = libraryFont.ReplaceAllFunc(o, func(name []byte) []byte {
			return []byte(names[strings.TrimPrefix(string(name), "/utf8serif")])
		})
	}
}

// tree adds the structure of the document and returns its number.
func (f *finisher) tree(root *node, pages []int) int {
	root.prune()
	t := treeWriter{finisher: f, pages: pages, owners: make([][]int, len(pages))}
	top := f.add(nil)
	first := t.node(root, top)
	var nums strings.Builder
	for i, owners := range t.owners {
		fmt.Fprintf(&nums, "%d [", i)
		for _, o := range owners {
			nums.Write(append(reference(nil, o), ' '))
		}
		nums.WriteString("]\n")
	}
	parents := f.add(object("<</Nums [\n" + nums.String() + "]>>\n"))
	f.objects[top-1] = object(fmt.Sprintf("<</Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R "+
		"/ParentTreeNextKey %d>>\n", first, parents, len(pages)))
	return top
}

// prune takes out what has no content; empty cells stay, a row would be too short without.
func (n *node) prune() {
	kids := n.kids[:0]
	for _, k := range n.kids {
		k.prune()
		if len(k.kids) > 0 || len(k.marks) > 0 || k.role == roleCell || k.role == roleHeadCell {
			kids = append(kids, k)
		}
	}
	n.kids = kids
}

type treeWriter struct {
	*finisher
	pages  []int
	owners [][]int // of the marks of each page, by their ids
}

func (t *treeWriter) node(n *node, parent int) int {
	number := t.add(nil)
	b := make(object, 0, roomOfNode+12*(len(n.marks)+len(n.kids)))
	b = append(append(b, "<</Type /StructElem /S /"...), n.role...)
	b = reference(append(b, " /P "...), parent)
	if len(n.marks) > 0 {
		b = reference(append(b, " /Pg "...), t.pages[n.marks[0].page])
	}
	b = append(b, " /K ["...)
	for _, m := range n.marks {
		for len(t.owners[m.page]) <= m.id {
			t.owners[m.page] = append(t.owners[m.page], number)
		}
		t.owners[m.page][m.id] = number
		if m.page == n.marks[0].page {
			b = append(strconv.AppendInt(b, int64(m.id), 10), ' ')
			continue
		}
		b = fmt.Appendf(b, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", t.pages[m.page], m.id)
	}
	for _, k := range n.kids {
		b = append(reference(b, t.node(k, number)), ' ')
	}
	t.objects[number-1] = append(append(append(b, ']'), n.attributes()...), ">>\n"...)
	return number
}

// roomOfNode is what most parts of the tree take, but for what is below them, in bytes.
const roomOfNode = 110

// reference names an object.
func reference(b object, number int) object {
	return append(strconv.AppendInt(b, int64(number), 10), " 0 R"...)
}

// attributes are what is said of figures, tables and their cells.
func (n *node) attributes() string {
	switch n.role {
	case roleFigure:
		return " /Alt " + pdfText(clean(oneLine(n.alt)))
	case roleTable:
		return " /A <</O /Table /Summary " + pdfText(clean(oneLine(n.alt))) + ">>"
	case roleHeadCell, roleCell:
		if n.role == roleCell && n.across <= 1 && n.down <= 1 {
			return " /A <</O /Table>>"
		}
		s := " /A <</O /Table"
		switch {
		case n.role == roleHeadCell && n.ofRow:
			s += " /Scope /Row"
		case n.role == roleHeadCell:
			s += " /Scope /Column"
		}
		if n.across > 1 {
			s += fmt.Sprintf(" /ColSpan %d", n.across)
		}
		if n.down > 1 {
			s += fmt.Sprintf(" /RowSpan %d", n.down)
		}
		return s + ">>"
	}
	return ""
}

// file puts the objects together.
func (f *finisher) file(catalog, info int) []byte {
	const frame, place, trailer = 32, 20, 300 // of an object, its line in the table of places, what ends the file
	size := trailer
	for _, o := range f.objects {
		size += len(o) + frame + place
	}
	b := append(make([]byte, 0, size), "%PDF-1.7\n%\xc4\x90\xe1\xbb\x91\n"...)
	places := make([]int, len(f.objects))
	for i, o := range f.objects {
		if o == nil {
			continue
		}
		places[i] = len(b)
		b = append(strconv.AppendInt(b, int64(i+1), 10), " 0 obj\n"...)
		b = append(append(b, o...), "endobj\n"...)
	}
	start := len(b)
	b = fmt.Appendf(b, "xref\n0 %d\n0000000000 65535 f \n", len(f.objects)+1)
	for _, at := range places {
		if at == 0 {
			b = append(b, "0000000000 00000 f \n"...)
			continue
		}
		b = fmt.Appendf(b, "%010d 00000 n \n", at)
	}
	id := sha256.Sum256(b)
	return fmt.Appendf(b, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%[4]x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.objects)+1, catalog, info, id[:16], start)
}

// pdfText is a string of text as PDF has it.
func pdfText(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

// xmp says what the file is to an archive.
func xmp(d Doc) string {
	when := made.Format("2006-01-02T15:04:05Z")
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + escaped(clean(d.Title())) + `</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>` + escaped(clean(oneLine(d.Authority))) + `</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>` + product + `</xmp:CreatorTool><xmp:CreateDate>` + when + `</xmp:CreateDate>
<xmp:ModifyDate>` + when + `</xmp:ModifyDate><pdf:Producer>` + product + `</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`
}
