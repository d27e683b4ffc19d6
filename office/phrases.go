package office

import (
	_ "embed"
	"strings"
	"sync"

	"doithoai"
	"doithoai/web"
)

//go:embed empty_phrases.json
var emptyPhraseList []byte

// emptyPhrases are the forms of words that an answer is asked about where they stand alone. The list is part of the
// program, each phrase with who complained of it.
var emptyPhrases = sync.OnceValue(func() []doithoai.Phrase {
	list, err := doithoai.ParsePhrases(emptyPhraseList)
	if err != nil {
		panic(err) // a test reads the list
	}
	return list
})

// phraseSign parts phrases in a form's field.
const phraseSign = "|"

func phraseTexts(phrases []doithoai.Phrase) string {
	texts := make([]string, len(phrases))
	for i, p := range phrases {
		texts[i] = p.Text
	}
	return strings.Join(texts, phraseSign)
}

// askWords ask of each empty phrase in an answer what the sentence does not say.
func askWords(r *web.Reader, a doithoai.Answer) []string {
	var list []string
	for _, p := range a.EmptyIn(emptyPhrases()) {
		list = append(list, r.T("opinion.phrases.ask."+string(p.Asks), "phrase", p.Text))
	}
	return list
}
