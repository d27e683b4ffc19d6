package form

import (
	"cmp"
	"strings"

	"doithoai"
	"doithoai/doc"
	"doithoai/plan"
	"doithoai/text"
)

// OfficeSigner is who signs for the office: who heads it, by the title of the post, or who was asked to sign in that
// place. There is none where nobody holds the post.
func OfficeSigner(officers []doithoai.Officer) (doc.Signer, bool) {
	o, seat, found := doithoai.HeadOfOffice(officers)
	if !found {
		return doc.Signer{}, false
	}
	title := seat.Title
	if seat.For != "" {
		title = seat.Own
	}
	return doc.Signer{For: seat.SignedFor(), Title: doithoai.SigningTitle(title), Name: o.Name}, true
}

// ByOrder is who signs by order of the chair: who heads the office; the chair, where nobody does.
func ByOrder(officers []doithoai.Officer) doc.Signer {
	signer, found := OfficeSigner(officers)
	if !found {
		return ChairSigner(plan.Signatory{}, "")
	}
	signer.For = strings.TrimSuffix(vietnamese.T("document.signer.by_order")+"\n"+signer.For, "\n")
	return signer
}

// ChairSigner is who signs the papers of a dialogue: who chairs it, in the capacity that the plan names, else for the
// People's Committee. A deputy signs for the head (KT.); who is neither signs nothing: then it is who signed the plan.
func ChairSigner(s plan.Signatory, chair string) doc.Signer {
	signer := doc.Signer{For: s.For, Title: s.Title, Name: s.Name}
	if s.Title == "" {
		signer.For, signer.Title = vietnamese.T("document.signer.for"), vietnamese.T("document.signer.head")
	}
	name, title := plan.PersonIn(chair)
	switch {
	case !OfCommittee(title):
		if title == "" {
			signer.Name = cmp.Or(signer.Name, name)
		}
	case strings.HasPrefix(text.Fold(title), "pho"):
		signer.For = strings.TrimPrefix(signer.For+"\n"+vietnamese.T("document.signer.for_head"), "\n")
		signer.Title, signer.Name = vietnamese.T("document.signer.deputy"), name
	default:
		signer.Name = name
	}
	return signer
}

// OfCommittee reports whether a post is that of the chair of the People's Committee or of a deputy: who signs for it.
func OfCommittee(post string) bool {
	key := text.Fold(post)
	council := strings.Contains(key, "hdnd") || strings.Contains(key, "hoi dong nhan dan")
	return strings.HasPrefix(strings.TrimPrefix(key, "pho "), "chu tich") && !council
}
