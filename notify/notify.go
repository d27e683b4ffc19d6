// Package notify brings messages to people: by e-mail, to their telephones, or, in a demo, nowhere.
package notify

import (
	"strings"

	"doithoai"
	"doithoai/news"
	"doithoai/text"
)

// Message is one message to one person, in the words of package news.
type Message struct {
	ID      string // of the delivery: a message sent twice after a broken connection can be recognised as one
	To      string // address, or number as the world dials it
	From    string // name of the authority
	Subject string // of an e-mail
	Body    string // plain text
	Files   []File // that go with an e-mail
}

// File is a file that goes with an e-mail.
type File struct {
	Name    string // of ASCII letters, ends as its kind does
	Content []byte
}

// Paper words an official document as an e-mail to an address; id is that of its sending.
func Paper(n news.Paper, id doithoai.ID, to string, file File) Message {
	n.File = file.Name
	subject, lines := n.Told()
	return Message{
		ID: string(id), To: to, From: n.Authority.Name, Subject: subject, Body: strings.Join(lines, "\n\n") + "\n",
		Files: []File{file},
	}
}

// Mail words news as an e-mail. site is the public address without a last slash, "" where there is none: then nothing
// points to a page.
func Mail(n news.News, to, site string) Message {
	subject, body := n.Told(site)
	return Message{
		ID: string(n.Delivery.ID), To: to, From: n.Authority.Name, Subject: subject,
		Body: strings.Join(n.Around(body, site), "\n\n") + "\n",
	}
}

// Telephone words news for a telephone: a text message, or one by Zalo. phone is the number in its normal form.
func Telephone(n news.News, phone, site string) Message {
	m := Message{ID: string(n.Delivery.ID), From: n.Authority.Name, Body: n.Short(site)}
	if text.Mobile(phone) {
		m.To = text.International(phone)
	}
	if n.Delivery.Way == doithoai.WaySMS {
		m.Body = n.SMS(site)
	}
	return m
}
