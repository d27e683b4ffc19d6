package doithoai

import (
	"slices"
	"strings"
	"testing"
)

// fullSlip is a slip that has no problem.
func fullSlip() Slip {
	return Slip{
		Channel: ChannelPortal, Matters: []string{"Ba lần đến nhận bản sao trích lục đều bị hẹn lại."},
		Manner: MannerWritten, NoticeRead: true,
		Petitioner: Petitioner{Standing: StandingPerson, Name: "Nguyễn Văn Mẫu", VillageID: "v", Ways: []Way{WayPickUp}},
	}
}

func TestSlipProblems(t *testing.T) {
	long := strings.Repeat("ă", MaxMatter+3)
	tests := []struct {
		name   string
		change func(*Slip)
		want   []string // "field key"
	}{
		{"complete", func(*Slip) {}, nil},
		{"no telephone is no reason to refuse", func(s *Slip) { s.Petitioner.Ways = []Way{WayAloud} }, nil},
		{"lives elsewhere", func(s *Slip) { s.Petitioner.VillageID, s.Petitioner.Address = "", "thị trấn Tưởng Tượng" }, nil},
		{"no content", func(s *Slip) { s.Matters = nil }, []string{"noi-dung content"}},
		{"second matter empty", func(s *Slip) { s.Matters = append(s.Matters, "") }, []string{"noi-dung-2 content"}},
		{"content too long", func(s *Slip) { s.Matters[0] = long }, []string{"noi-dung content_long"}},
		{"too many matters", func(s *Slip) { s.Matters = slices.Repeat([]string{"Việc."}, MaxMatters+1) },
			[]string{"noi-dung too_many"}},
		{"no name, no place", func(s *Slip) { s.Petitioner.Name, s.Petitioner.VillageID = "", "" },
			[]string{"ho-ten name", "thon place"}},
		{"no way", func(s *Slip) { s.Petitioner.Ways = nil }, []string{"nhan-tra-loi way"}},
		{"unknown way", func(s *Slip) { s.Petitioner.Ways = []Way{"pigeon"} }, []string{"nhan-tra-loi way"}},
		{"telephone chosen, none given", func(s *Slip) { s.Petitioner.Ways = []Way{WayPhone} }, []string{"dien-thoai phone"}},
		{"e-mail chosen, none given", func(s *Slip) { s.Petitioner.Ways = []Way{WayEmail} }, []string{"thu email"}},
		{"post chosen, no address", func(s *Slip) { s.Petitioner.Ways = []Way{WayPost} }, []string{"dia-chi post_address"}},
		{"read aloud, but lives elsewhere", func(s *Slip) {
			s.Petitioner.Ways, s.Petitioner.VillageID, s.Petitioner.Address = []Way{WayAloud}, "", "xã Khác"
		}, []string{"nhan-tra-loi aloud"}},
		{"organisation without its name", func(s *Slip) { s.Petitioner.Standing = StandingOrganisation },
			[]string{"to-chuc organisation"}},
		{"group of one household", func(s *Slip) { s.Petitioner.Standing, s.Petitioner.Households = StandingGroup, 1 },
			[]string{"so-ho households"}},
		{"unknown standing", func(s *Slip) { s.Petitioner.Standing = "king" }, []string{"toi-la standing"}},
		{"unknown manner", func(s *Slip) { s.Manner = "shout" }, []string{"cach-neu manner"}},
		{"notice not read", func(s *Slip) { s.NoticeRead = false }, []string{"da-doc notice"}},
		{"copied from paper", func(s *Slip) { s.Channel = ChannelPaper }, nil},
		{"copied from a message", func(s *Slip) { s.Channel = ChannelZalo }, nil},
		{"typed by the office, not read back", func(s *Slip) { s.Channel = ChannelOffice }, []string{"doc-lai read_back"}},
		{"spoken in the hall by somebody who sat down again", func(s *Slip) {
			*s = Slip{Channel: ChannelHall, Matters: []string{"Đường vào thôn 3 ngập."}}
		}, nil},
		{"spoken in the hall, nothing understood", func(s *Slip) { *s = Slip{Channel: ChannelHall} },
			[]string{"noi-dung content"}},
		{"spoken in the hall, the name without end", func(s *Slip) {
			*s = Slip{
				Channel: ChannelHall, Matters: []string{"Đường vào thôn 3 ngập."},
				Petitioner: Petitioner{Name: strings.Repeat("a", MaxLine+1)},
			}
		}, []string{"ho-ten error.problem.too_long"}},
		{"several at once, in the order of the form",
			func(s *Slip) { s.Matters, s.Petitioner.Name, s.NoticeRead = nil, "", false },
			[]string{"noi-dung content", "ho-ten name", "da-doc notice"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := fullSlip()
			tt.change(&s)
			var got []string
			for _, p := range s.Problems() {
				got = append(got, p.Field+" "+strings.TrimPrefix(p.Key, "slip.problem."))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNamed(t *testing.T) {
	for _, tt := range []struct {
		what, had string
		name      string
		village   ID
		kind      Kind
		wantAt    ID
	}{
		{"named, and from where", "", "Lê Văn Thử", "v2", 0, "v2"},
		{"named; the village was known", "", "Lê Văn Thử", "", 0, "v1"},
		{"named by another meanwhile", "Trần Thị Ví Dụ", "Lê Văn Thử", "v2", Conflict, "v1"},
		{"without a name", "", "", "v2", Invalid, "v1"},
		{"a name without end", "", strings.Repeat("a", MaxLine+1), "", Invalid, "v1"},
	} {
		before := Petitioner{Standing: StandingPerson, Name: tt.had, VillageID: "v1"}
		after, err := before.Named(tt.name, tt.village)
		if KindOf(err) != tt.kind || after.VillageID != tt.wantAt {
			t.Errorf("%s: %+v, %v", tt.what, after, err)
		}
		want := tt.name
		if err != nil {
			want = tt.had
		}
		if after.Name != want {
			t.Errorf("%s: the name is %q", tt.what, after.Name)
		}
	}
}

func TestReceiptCode(t *testing.T) {
	key := IntakeKey{1, 2, 3}
	code := NewReceiptCode(key)
	if again := NewReceiptCode(key); string(again) != string(code) {
		t.Error("one key gives two codes")
	}
	if other := NewReceiptCode(IntakeKey{1, 2, 4}); string(other) == string(code) {
		t.Error("two keys give one code")
	}
	if got, err := ParseReceiptCode(string(code)); err != nil || string(got) != string(code) {
		t.Errorf("ParseReceiptCode(%q) = %q, %v", string(code), string(got), err)
	}
	for _, s := range []string{"", strings.ToLower(string(code)), strings.Join(code.Groups(), " "), string(code) + "2"} {
		if got, err := ParseReceiptCode(s); err == nil {
			t.Errorf("ParseReceiptCode(%q) = %q", s, string(got))
		}
	}
	if strings.Contains(code.String(), string(code)) {
		t.Error("String shows the code: it would reach logs")
	}
}

// Every single wrong character and every swap of two different neighbours is caught.
func TestReceiptCodeCheckCharacter(t *testing.T) {
	for n := range 50 {
		code := string(NewReceiptCode(IntakeKey{byte(n)}))
		for i := range code {
			for j := range len(codeAlphabet) {
				if wrong := code[:i] + string(codeAlphabet[j]) + code[i+1:]; wrong != code {
					if _, err := ParseReceiptCode(wrong); err == nil {
						t.Fatalf("%s passes for %s", wrong, code)
					}
				}
			}
			if i > 0 && code[i] != code[i-1] {
				swapped := code[:i-1] + string(code[i]) + string(code[i-1]) + code[i+1:]
				if _, err := ParseReceiptCode(swapped); err == nil {
					t.Fatalf("%s passes for %s", swapped, code)
				}
			}
		}
	}
}

func FuzzParseReceiptCode(f *testing.F) {
	f.Add(string(NewReceiptCode(IntakeKey{})))
	f.Add("7KQM X3HT 9WPF C2RD")
	f.Add("ııİİ")
	f.Fuzz(func(t *testing.T, s string) {
		code, err := ParseReceiptCode(s)
		if err == nil && len(code) != ReceiptCodeLength {
			t.Errorf("%q gives a code of %d characters", s, len(code))
		}
	})
}
