package doc

import (
	"fmt"
	"strings"
)

// The parts of a Word file that are the same in all of them, or nearly.

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const namespaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
	` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
	` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
	` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
	` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

const wordNamespace = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

const officeRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

const docxRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + officeRelationships + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Target="docProps/core.xml"` +
	` Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>` +
	`<Relationship Id="rId3" Type="` + officeRelationships + `extended-properties" Target="docProps/app.xml"/>` +
	`</Relationships>`

const appProperties = xmlHead +
	`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">` +
	`<Application>` + product + `</Application></Properties>`

// WordProperties is the part of a Word file that names the document: whoever wrote a template is not its author.
func WordProperties(d Doc) []byte { return []byte(coreProperties(d)) }

// coreProperties names title and issuer. There is no time in it: the day of a document stands in its text.
func coreProperties(d Doc) string {
	return xmlHead + `<cp:coreProperties` +
		` xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<dc:title>` + escaped(clean(d.Title())) + `</dc:title>` +
		`<dc:creator>` + escaped(clean(oneLine(d.Authority))) + `</dc:creator><dc:language>vi-VN</dc:language>` +
		`</cp:coreProperties>`
}

func (x *docx) contentTypes() string {
	const word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`)
	if len(x.pictures) > 0 {
		b.WriteString(`<Default Extension="png" ContentType="image/png"/>`)
	}
	for _, part := range [][2]string{
		{"word/document.xml", word + "document.main+xml"},
		{"word/styles.xml", word + "styles+xml"},
		{"word/settings.xml", word + "settings+xml"},
		{"word/fontTable.xml", word + "fontTable+xml"},
		{"word/header1.xml", word + "header+xml"},
		{"word/header2.xml", word + "header+xml"},
		{"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
		{"docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"},
	} {
		fmt.Fprintf(&b, `<Override PartName="/%s" ContentType="%s"/>`, part[0], part[1])
	}
	b.WriteString(`</Types>`)
	return b.String()
}

func (x *docx) relationships() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range [][3]string{
		{"rIdS1", "styles", "styles.xml"}, {"rIdS2", "settings", "settings.xml"}, {"rIdS3", "fontTable", "fontTable.xml"},
		{"rIdH1", "header", "header1.xml"}, {"rIdH2", "header", "header2.xml"},
	} {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, r[0], officeRelationships, r[1], r[2])
	}
	for i := range x.pictures {
		fmt.Fprintf(&b, `<Relationship Id="rIdP%d" Type="%simage" Target="%s"/>`, i+1, officeRelationships,
			strings.TrimPrefix(mediaName(i), "word/"))
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

const docxFontNames = `<w:rFonts w:ascii="` + fontName + `" w:hAnsi="` + fontName + `" w:eastAsia="` + fontName +
	`" w:cs="` + fontName + `"/>`

// docxStyles: headings have ranks for navigation, and look as the text; each paragraph says its own look.
var docxStyles = xmlHead + `<w:styles` + wordNamespace + `><w:docDefaults><w:rPrDefault><w:rPr>` + docxFontNames +
	`<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>` +
	`<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>` +
	`</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>` +
	`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
	headingStyle(1) + headingStyle(2) + headingStyle(3) +
	`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>` +
	`<w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style></w:styles>`

func headingStyle(rank int) string {
	return fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="Heading%d"><w:name w:val="heading %d"/>`+
		`<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:outlineLvl w:val="%d"/></w:pPr>`+
		`</w:style>`,
		rank, rank, rank-1)
}

// docxSettings: the rules of layout of Word 2013 and later.
const docxSettings = xmlHead + `<w:settings` + wordNamespace + `><w:defaultTabStop w:val="720"/>` +
	`<w:characterSpacingControl w:val="doNotCompress"/><w:compat>` +
	`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>` +
	`</w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>`

const docxFonts = xmlHead + `<w:fonts` + wordNamespace + `><w:font w:name="` + fontName + `">` +
	`<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/>` +
	`<w:pitch w:val="variable"/></w:font></w:fonts>`

// pageNumberHeader puts the number in the middle of the top margin, from the second page on.
var pageNumberHeader = xmlHead + `<w:hdr` + wordNamespace + `><w:p><w:pPr>` +
	`<w:spacing w:before="0" w:after="0" w:line="320" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>` +
	pageField(`<w:fldChar w:fldCharType="begin"/>`) + pageField(`<w:instrText xml:space="preserve"> PAGE </w:instrText>`) +
	pageField(`<w:fldChar w:fldCharType="separate"/>`) + pageField(`<w:t>2</w:t>`) +
	pageField(`<w:fldChar w:fldCharType="end"/>`) + `</w:p></w:hdr>`

func pageField(content string) string {
	return `<w:r>` + runProperties(Run{}, sizePageNumber) + content + `</w:r>`
}

const emptyHeader = xmlHead + `<w:hdr` + wordNamespace + `><w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>` +
	`</w:p></w:hdr>`
