package web

import (
	"strings"

	"doithoai"
)

// keyOf is a code of the domain as the last part of a catalogue key: "TL-NGAY" gives "tl_ngay".
func keyOf[T ~string](code T) string {
	return strings.ToLower(strings.ReplaceAll(string(code), "-", "_"))
}

// RulingName is the name of a ruling: "Trả lời ngay".
func (r *Request) RulingName(c doithoai.RulingCode) string { return r.T("ruling.name." + keyOf(c)) }

// ChannelName is how an opinion came: "gửi qua trang".
func (r *Request) ChannelName(c doithoai.Channel) string { return r.T("channel." + keyOf(c)) }

// WayName is a way to be answered: "gọi điện thoại".
func (r *Request) WayName(w doithoai.Way) string { return r.T("way." + keyOf(w)) }

// ActName is an act as it follows a name: "Phạm Văn A" "trình dự thảo trả lời".
func (r *Request) ActName(a doithoai.Act) string { return r.T("act." + keyOf(a)) }
