package form

import (
	"cmp"
	"strings"

	"doithoai/doc"
	"doithoai/plan"
	"doithoai/text"
)

// ChairSigner is who signs the papers of a dialogue: who chairs it, in the capacity that the plan names, else for the
// People's Committee. A deputy signs for the head (KT.); who is neither signs nothing: then it is who signed the plan.
func ChairSigner(s plan.Signatory, chair string) doc.Signer {
	signer := doc.Signer{For: s.For, Title: s.Title, Name: s.Name}
	if s.Title == "" {
		signer.For, signer.Title = vietnamese.T("document.signer.for"), vietnamese.T("document.signer.head")
	}
	name, title := plan.PersonIn(chair)
	switch key := text.Fold(title); {
	case strings.HasPrefix(key, "chu tich"):
		signer.Name = name
	case strings.HasPrefix(key, "pho chu tich"):
		signer.For = strings.TrimPrefix(signer.For+"\n"+vietnamese.T("document.signer.for_head"), "\n")
		signer.Title, signer.Name = vietnamese.T("document.signer.deputy"), name
	default:
		signer.Name = cmp.Or(signer.Name, name)
	}
	return signer
}
