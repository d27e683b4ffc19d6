package web

import "doithoai"

// RulingName is the name of a ruling: "Trả lời ngay".
func (r *Request) RulingName(c doithoai.RulingCode) string { return r.T("ruling.name." + c.Key()) }

// ChannelName is how an opinion came: "gửi qua trang".
func (r *Request) ChannelName(c doithoai.Channel) string { return r.T("channel." + string(c)) }

// WayName is a way to be answered: "gọi điện thoại".
func (r *Request) WayName(w doithoai.Way) string { return r.T("way." + string(w)) }

// ActName is an act as it follows a name: "Phạm Văn A" "trình dự thảo trả lời".
func (r *Request) ActName(a doithoai.Act) string { return r.T("act." + string(a)) }
