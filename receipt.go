package doithoai

import "doithoai/calendar"

// Receipt is what the holder of a receipt code has on paper or on a telephone: under which numbers the opinions of a
// slip were taken down, when, and how. It names nobody: a paper that is lost tells no stranger who wrote.
type Receipt struct {
	Code       ReceiptCode
	ReceivedAt calendar.Instant
	Channel    Channel
	Manner     Manner
	DialogueID ID
	Ways       []Way
	Matters    []ReceiptMatter
	Given      *Given // when the person gave it, where it was typed later
	Files      int    // that came with it
}

// ReceiptMatter is one opinion on a receipt.
type ReceiptMatter struct {
	Number  RegisterNumber
	Content string         // "" once it was ruled a denunciation, of which nothing is shown (Luật 25/2018 Đ.56)
	PartOf  RegisterNumber // the one that it was split off; empty: none
	Line    int64          // of its receipt in the public record, as people count: from 1
}
