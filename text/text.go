// Package text is everything the product knows about written Vietnamese (and, where a page is shown in English,
// English) that is not a rule of the dialogue:
//
//   - Clean and CleanLine bring what people type into one form before anything else sees it;
//   - Fold, Tokens, QueryTokens and Snippet make search ignore diacritics;
//   - Compare and SortNames order words and people as a Vietnamese reader expects;
//   - Printer says things: messages of the catalogues, dates, deadlines, numbers, telephone numbers;
//   - NormalPhone and NormalEmail bring contact details into the form in which they are kept.
//
// Nothing here does I/O; the catalogues are embedded. Everything is safe for concurrent use.
package text
