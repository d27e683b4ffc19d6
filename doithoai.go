// Package doithoai is the domain: what happens to one opinion between a commune's plan and an answer that anyone can
// check. It has no I/O. Its rules are functions and methods which take the state, the time and cleaned text, and return
// the new state with the facts of the event; package store runs them, one act a transaction.
//
// # The life of an opinion
//
// A plan of the year (package plan) is issued. A [Dialogue] of that plan is announced. Somebody hands in a [Slip], on
// the public site or through the office, or speaks in the hall; each matter becomes an [Opinion] with a
// [RegisterNumber], and the person gets a receipt with a [ReceiptCode]. In the hall each opinion gets a [Ruling]. Where
// it leaves something to do, a [Petition] opens: one lead [Unit], one due date, reckoned by a [calendar.Calendar] from
// a [Parameter]. The unit submits an [Answer], the chair signs or returns it, the office dispatches it as a [Delivery].
// A [Publication], without names, is proposed and approved. With the receipt code the person follows all of it and
// gives a [Rating].
//
// Every one of these acts is an [Event] and one leaf in the public record (package tlog), so that anyone can check that
// nothing was lost or changed. [Can] decides who may do which [Act].
//
// # Words
//
// The terms are the office's own; each has one name in code, database, address and interface.
//
//	cơ quan                          Authority
//	bộ phận, phòng                   Unit
//	thôn, tổ dân phố                 Village
//	cán bộ, công chức                Officer
//	lĩnh vực                         Field
//	kế hoạch                         Plan
//	buổi, hội nghị đối thoại         Dialogue
//	chương trình                     Programme
//	phiếu đăng ký câu hỏi            Slip
//	tệp kèm theo                     Attachment
//	người nêu                        Petitioner
//	ý kiến                           Opinion
//	hướng xử lý                      Ruling
//	phản ánh, kiến nghị đang xử lý   Petition
//	đơn vị chủ trì                   LeadUnit
//	công khai                        Publication
//	biên nhận, mã tra cứu            Receipt, ReceiptCode
//	sổ đối chứng                     Record
package doithoai
