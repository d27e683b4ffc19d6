package doithoai

import (
	"slices"
	"testing"
)

func TestEmptyPhrases(t *testing.T) {
	phrases, err := ParsePhrases([]byte(`[
		{"text": "sẽ xem xét", "asks": "deed", "source": "x"},
		{"text": "đã giao", "asks": "deed", "source": "x"},
		{"text": "theo quy định", "asks": "article", "source": "x"},
		{"text": "trong thời gian tới", "asks": "day", "source": "x"}
	]`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, body, basis string
		want              []string
	}{
		{"three at once", "UBND xã sẽ xem xét, giải quyết theo quy định trong thời gian tới.", "",
			[]string{"sẽ xem xét", "theo quy định", "trong thời gian tới"}},
		{"capitals, spaces and line breaks", "ĐÃ  GIAO\u00a0bộ phận.\nTRONG THỜI\tGIAN TỚI.", "",
			[]string{"đã giao", "trong thời gian tới"}},
		{"by a day", "Xã đã giao Địa chính đo lại trước ngày 29/10/2024. Trong thời gian tới, trước tháng 12, có kết quả.",
			"", nil},
		{"the day stands in another sentence", "Xã sẽ xem xét. Ngày 29/10/2024 có họp.", "", []string{"sẽ xem xét"}},
		{"an article", "Lệ phí thu theo quy định tại khoản 2 Điều 4.", "", nil},
		{"a document", "Thu theo quy định của Thông tư 226/2016/TT-BTC.", "", nil},
		{"the article stands in the basis", "Thu theo quy định.", "Thông tư 226/2016/TT-BTC, Điều 4", nil},
		{"a basis that names none", "Thu theo quy định.", "Luật Đất đai", []string{"theo quy định"}},
		{"a part of other words", "Xã sẽ xem xétt. Theo quy địnhh.", "", nil},
		{"no sentence ends in a number", "Trong thời gian tới thu 3.000 đồng từ ngày 1/11.", "", nil},
		{"nothing", "", "", nil},
		{"a plain answer", "Mời bà nhận bản sao tại quầy 1.", "", nil},
	} {
		var got []string
		for _, p := range (Answer{Body: tt.body, Basis: tt.basis}).EmptyIn(phrases) {
			got = append(got, p.Text)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestNamesDay(t *testing.T) {
	for said, want := range map[string]bool{
		"trước ngày 29/10/2024": true, "trước 29/10": true, "29/10": true, "từ 1/11 đến 5/11": true, "(29/10/24)": true,
		"từ 1/11-5/11": true, "chậm nhất 29.10.2024": true, "chậm nhất 29-10-2024": true, "trong 10/2024": true,
		"ngày 5": true, "ngày 05 tháng 10 năm 2024": true, "trong tháng 12": true, "tháng 12/2024": true, "quý iv": true,
		"quý iv/2024, xong": true, "quý 3": true, "năm 2025": true, "trong 7 ngày làm việc": true, "sau 24 giờ": true,
		"2 tuần": true, "trong 3 tháng": true, "ngày 29.10": true, "ngày 29-10-2024": true,

		"năm vừa qua": false, "tháng vừa rồi": false, "quý vị": false, "năm ngoái": false, "năm xã": false,
		"nghị định số 30/2020/nđ-cp": false, "thông tư 226/2016/tt-btc": false, "quyết định 12/2024/qđ-ubnd": false,
		"3.000.000 đồng": false, "thu 3.000 đồng": false, "2,5 triệu đồng": false, "rộng 3.5 m": false, "2-3 lần": false,
		"hằng ngày": false, "mỗi năm 2 lần": false, "thửa 45/20": false, "số 12/ubnd": false, "5 ngàyy": false,
		"điều 12.3": false, "": false,
	} {
		if got := AskDay.saidIn(said); got != want {
			t.Errorf("%q names a day: %v", said, got)
		}
	}
}

func TestParsePhrases(t *testing.T) {
	for name, list := range map[string]string{
		"no list":        `{}`,
		"no text":        `[{"text": "", "asks": "deed", "source": "x"}]`,
		"no source":      `[{"text": "a", "asks": "deed", "source": ""}]`,
		"capitals":       `[{"text": "Sẽ xem xét", "asks": "deed", "source": "x"}]`,
		"an unknown ask": `[{"text": "a", "asks": "who", "source": "x"}]`,
		"twice":          `[{"text": "a", "asks": "day", "source": "x"}, {"text": "a", "asks": "deed", "source": "x"}]`,
	} {
		if _, err := ParsePhrases([]byte(list)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
