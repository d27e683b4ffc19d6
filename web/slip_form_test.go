package web

import (
	"slices"
	"testing"

	"doithoai"
)

func TestSlipFormLeavesOutWhatWasNotChosen(t *testing.T) {
	f := SlipForm{
		Matters: []string{"", "Một việc.", ""}, Manner: doithoai.MannerWritten, Standing: doithoai.StandingPerson,
		Organisation: "Công ty Mẫu", Households: "9",
		Name: "Lê Văn Thử", Village: "thon-1", Address: "Huế",
		Ways:  []doithoai.Way{doithoai.WayAloud, doithoai.WayPickUp, doithoai.WayPickUp, "raven"},
		Phone: "0905 123 456", Email: "a@example.vn", PostAddress: "Huế", NoticeRead: checked,
	}
	s := f.Slip(doithoai.ChannelPortal)
	p := s.Petitioner
	if p.Organisation+p.Address+p.Phone+p.Email+p.PostAddress != "" || p.Households != 0 || s.PhoneProblem != nil ||
		s.EmailProblem != nil {
		t.Errorf("the slip holds what nobody needs: %+v", p)
	}
	if !slices.Equal(s.Matters, []string{"Một việc."}) ||
		!slices.Equal(p.Ways, []doithoai.Way{doithoai.WayPickUp, doithoai.WayAloud}) {
		t.Errorf("matters %q, ways %q", s.Matters, p.Ways)
	}
	if len(f.Matters) != 3 {
		t.Error("making the slip changed the form")
	}
}

func TestSlipFormReachesThePerson(t *testing.T) {
	f := SlipForm{
		Matters: []string{"Một việc."}, Standing: doithoai.StandingGroup, Households: "12", Village: Elsewhere,
		Address: "Phường Kim Long, Huế",
		Ways:    []doithoai.Way{doithoai.WayPhone, doithoai.WayEmail, doithoai.WayPost}, Phone: "+84 905.123.456",
		Email: "Ten@Example.VN", PostAddress: "01 Lê Lợi",
	}
	p := f.Slip(doithoai.ChannelPortal).Petitioner
	want := doithoai.Petitioner{
		Phone: "0905123456", Email: "Ten@example.vn", PostAddress: "01 Lê Lợi", Address: "Phường Kim Long, Huế",
		Households: 12,
	}
	if p.Phone != want.Phone || p.Email != want.Email || p.PostAddress != want.PostAddress || p.Address != want.Address ||
		p.Households != want.Households || p.VillageID != "" {
		t.Errorf("petitioner %+v", p)
	}
}

func TestSlipFormOfTheOffice(t *testing.T) {
	for posted, want := range map[doithoai.Channel]doithoai.Channel{
		doithoai.ChannelVillage: doithoai.ChannelVillage, doithoai.ChannelPhone: doithoai.ChannelPhone,
		"": doithoai.ChannelOffice, doithoai.ChannelHall: doithoai.ChannelOffice,
		doithoai.ChannelPortal: doithoai.ChannelOffice,
	} {
		f := SlipForm{Channel: posted, ReadBack: checked}
		if s := f.Slip(OfficeChannels...); s.Channel != want || !s.ReadBack {
			t.Errorf("posted %q: channel %q, read back %v", posted, s.Channel, s.ReadBack)
		}
	}
}

func TestSlipChoicesCheckInTheOrderOfTheForm(t *testing.T) {
	c := SlipChoices{
		Villages: []doithoai.Village{{ID: "v", Name: "Thôn 1"}}, Fields: []doithoai.Field{{Code: "dat-dai", Name: "Đất đai"}},
	}
	f := SlipForm{
		Matters: []string{"Một việc."}, FieldCode: "khong-co", Manner: doithoai.MannerSpeak,
		Standing: doithoai.StandingPerson, Village: "w", Ways: []doithoai.Way{doithoai.WayPickUp},
	}
	var fields []string
	for _, p := range doithoai.ProblemsOf(c.Check(f.Slip(doithoai.ChannelPortal))) {
		fields = append(fields, p.Field)
	}
	if want := []string{"linh-vuc", "ho-ten", "thon", "cach-neu", "da-doc"}; !slices.Equal(fields, want) {
		t.Errorf("problems at %q, want %q", fields, want)
	}
	f.FieldCode, f.Manner, f.Village, f.Name, f.NoticeRead = "dat-dai", doithoai.MannerWritten, "v", "Lê Văn Thử", checked
	if err := c.Check(f.Slip(doithoai.ChannelPortal)); err != nil {
		t.Errorf("a slip without a fault: %v", err)
	}
}

func TestSlipFormKeys(t *testing.T) {
	a, b := NewSlipForm(SlipChoices{}), NewSlipForm(SlipChoices{})
	if _, ok := a.IntakeKey(); !ok || a.Key == b.Key {
		t.Errorf("keys %q and %q", a.Key, b.Key)
	}
	// The last has bits beyond its bytes.
	for _, bad := range []string{"", "x", a.Key + "A", a.Key[:21], "AAECAwQFBgcICQoLDA0ODx"} {
		f := SlipForm{Key: bad}
		if _, ok := f.IntakeKey(); ok {
			t.Errorf("%q passed for a key", bad)
		}
	}
	if a.Matters = make([]string, 500); len(a.Hidden()) > 100 {
		t.Error("a forged form makes a page without bound")
	}
}

// A matter that only who has an old font can read is refused at its field, before the last step.
func TestSlipInAnOldFont(t *testing.T) {
	f := SlipForm{Matters: []string{
		"Đường vào thôn bị hỏng.", "Kính gôûi UBND xaõ, ñöôøng vaøo thoân bò hoûng, ñeà nghò söûa chöõa.",
	}}
	err := SlipChoices{}.Check(f.Slip(doithoai.ChannelPortal))
	for _, p := range doithoai.ProblemsOf(err) {
		if p.Field == "noi-dung-2" && p.Key == "slip.problem.illegible" {
			return
		}
	}
	t.Errorf("the second matter is taken: %v", doithoai.ProblemsOf(err))
}

// Who ticks Zalo under the telephone is written to there at the same number, which is a mobile one; without the
// telephone it means nothing.
func TestSlipFormZalo(t *testing.T) {
	for _, tt := range []struct {
		ways  []doithoai.Way
		phone string
		want  []doithoai.Way
		key   string
	}{
		{[]doithoai.Way{"phone", "zalo", "pick_up"}, "0905 123 456", []doithoai.Way{"zalo", "pick_up"}, ""},
		{[]doithoai.Way{"phone"}, "0905 123 456", []doithoai.Way{"phone"}, ""},
		{[]doithoai.Way{"zalo"}, "0905 123 456", nil, ""},
		{[]doithoai.Way{"phone", "sms"}, "0905 123 456", []doithoai.Way{"phone"}, ""},
		{[]doithoai.Way{"phone", "zalo"}, "0255 382 1234", []doithoai.Way{"zalo"}, "ways.problem.landline"},
	} {
		s := SlipForm{Ways: tt.ways, Phone: tt.phone, Matters: []string{"Một"}}.Slip(doithoai.ChannelPortal)
		key := ""
		if s.PhoneProblem != nil {
			key = s.PhoneProblem.Key
		}
		if !slices.Equal(s.Petitioner.Ways, tt.want) || key != tt.key {
			t.Errorf("%v: %v, %q", tt.ways, s.Petitioner.Ways, key)
		}
	}
}
