package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/file"
)

// taken is what a telephone adds to a picture: here as a segment of EXIF that says nothing else.
const taken = "GPS 20.9 105.8"

// pictureBytes are a JPEG of some pixels with a place in it.
func pictureBytes(t testing.TB, width int) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, 8)), nil))
	segment := "Exif\x00\x00" + taken
	head := []byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(len(segment) + 2)}
	return slices.Concat(head, []byte(segment), b.Bytes()[2:])
}

func picture(t testing.TB) file.Checked {
	t.Helper()
	b := pictureBytes(t, 8)
	c, err := file.Check(context.Background(), bytes.NewReader(b), int64(len(b)))
	must(t, err)
	return c
}

// upload keeps a picture; pictures of different names differ.
func (fx *fixture) upload(t testing.TB, db *DB, a doithoai.Actor, name string) doithoai.Upload {
	t.Helper()
	b := pictureBytes(t, 8+len(name))
	c, err := file.Check(context.Background(), bytes.NewReader(b), int64(len(b)))
	must(t, err)
	u, err := db.KeepUpload(context.Background(), a, name, c, bytes.NewReader(b))
	must(t, err)
	return u
}

// read opens a file of a slip and reads it.
func read(t testing.TB, db *DB, a doithoai.Actor, opinion, id doithoai.ID, original bool) ([]byte, error) {
	t.Helper()
	_, f, err := db.OpenSlipFile(ctxOf(t), a, opinion, id, original)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // reading only
	return io.ReadAll(f)
}

// Files come in with their slip, once; the same form sent again brings none twice, whatever it uploaded anew.
func TestSlipWithFiles(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		one, two := fx.upload(t, db, fx.resident, "ảnh.jpg"), fx.upload(t, db, fx.resident, "ảnh hai.jpg")
		s := fx.slip("Cống trước nhà vỡ.", "Đèn đường hỏng.")
		s.Files = []doithoai.ID{one.ID, two.ID}
		got, err := db.SubmitSlip(ctx, fx.resident, key(1), s)
		must(t, err)
		if sent, err := db.HandedIn(ctx, fx.resident, key(1), s); !sent || err != nil {
			t.Errorf("the form is not known: %v, %v", sent, err)
		}
		again, err := db.SubmitSlip(ctx, fx.resident, key(1), s)
		must(t, err)
		anew := s
		anew.Files = []doithoai.ID{
			fx.upload(t, db, fx.resident, "ảnh hai.jpg").ID, fx.upload(t, db, fx.resident, "ảnh.jpg").ID,
		}
		third, err := db.SubmitSlip(ctx, fx.resident, key(1), anew)
		must(t, err)
		if !again.Repeated || !third.Repeated || third.Code != got.Code {
			t.Errorf("sent again: %+v, %+v", again, third)
		}
		for _, other := range []doithoai.Slip{
			func() doithoai.Slip { o := s; o.Files = o.Files[:1]; return o }(),
			func() doithoai.Slip { o := s; o.Files = nil; return o }(),
		} {
			_, err = db.SubmitSlip(ctx, fx.resident, key(1), other)
			wantKind(t, err, doithoai.Conflict, "")
		}
		f, err := db.FollowSlip(ctx, fx.resident, got.Code)
		must(t, err)
		files, err := db.SlipFiles(ctx, fx.office, got.Opinions[1].ID)
		must(t, err)
		if f.Files != 2 || f.Receipt(got.Code).Files != 2 || len(files.Files) != 2 || files.Opened {
			t.Errorf("%d files on the receipt, %+v", f.Files, files)
		}
		if e := f.Opinions[0].Events[0]; !slices.Equal(e.Facts.Files, []doithoai.FileHash{one.Hash, two.Hash}) {
			t.Errorf("the event names %v", e.Facts.Files)
		}
		wantClean(t, db)
	})
}

// What a slip can't have: uploads of somebody else, of another authority, those that another slip took or that waited
// too long, and more than the office lets it.
func TestSlipWithWrongFiles(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		stranger := doithoai.Resident(fx.other.ID)
		used := fx.upload(t, db, fx.resident, "a.jpg")
		s := fx.slip("Cống vỡ.")
		s.Files = []doithoai.ID{used.ID}
		must(t, second(db.SubmitSlip(ctx, fx.resident, key(1), s)))
		old := fx.upload(t, db, fx.resident, "b.jpg")
		fx.clock.forward(uploadLife + time.Hour)
		var many []doithoai.ID
		for range 6 {
			many = append(many, fx.upload(t, db, fx.resident, "c.jpg").ID)
		}
		before := fingerprint(t, db)
		for name, c := range map[string]struct {
			ids []doithoai.ID
			key string
		}{
			"an officer's":         {[]doithoai.ID{fx.upload(t, db, fx.office, "c.jpg").ID}, "file.problem.gone"},
			"another authority's":  {[]doithoai.ID{fx.upload(t, db, stranger, "d.jpg").ID}, "file.problem.gone"},
			"of another slip":      {[]doithoai.ID{used.ID}, "file.problem.gone"},
			"waited too long":      {[]doithoai.ID{old.ID}, "file.problem.gone"},
			"the same twice":       {[]doithoai.ID{many[0], many[0]}, "file.problem.gone"},
			"too many":             {many, "file.problem.too_many"},
			"an unknown one":       {[]doithoai.ID{newID()}, "file.problem.gone"},
			"what can't be an id":  {[]doithoai.ID{"' OR 1=1"}, "file.problem.gone"},
			"one that can't be it": {[]doithoai.ID{many[0], "\x00"}, "file.problem.gone"},
		} {
			s := fx.slip("Đèn hỏng.")
			s.Files = c.ids
			_, err := db.SubmitSlip(ctx, fx.resident, key(7), s)
			if ps := doithoai.ProblemsOf(err); len(ps) != 1 || ps[0].Field != "tep" || ps[0].Key != c.key {
				t.Errorf("%s: %v", name, err)
			}
		}
		wantSame(t, before, fingerprint(t, db))
	})
}

// One upload belongs to one slip, though several are written as one group, or at two nodes at once.
func TestUploadBelongsOnce(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		u := fx.upload(t, db, fx.resident, "a.jpg")
		var won, lost int
		var mu sync.Mutex
		var running sync.WaitGroup
		for i := range 6 {
			running.Go(func() {
				s := fx.slip(fmt.Sprintf("Cống vỡ, phiếu %d.", i))
				s.Files = []doithoai.ID{u.ID}
				_, err := db.SubmitSlip(context.Background(), fx.resident, key(20+i), s)
				mu.Lock()
				defer mu.Unlock()
				switch doithoai.KindOf(err) {
				case 0:
					if err != nil {
						t.Error(err)
					}
					won++
				case doithoai.Invalid, doithoai.Conflict:
					lost++
				default:
					t.Error(err)
				}
			})
		}
		running.Wait()
		if won != 1 || lost != 5 {
			t.Errorf("%d slips have the file, %d were refused", won, lost)
		}
		wantClean(t, db)
	})
}

// What others see of a picture has no place in it; the original is opened by a view of its own, and nothing without a
// view. Views are on record once in a while, and serve for a while.
func TestViewFiles(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		u := fx.upload(t, db, fx.resident, "ảnh.jpg")
		s := fx.slip("Cống vỡ.")
		s.Files = []doithoai.ID{u.ID}
		r, err := db.SubmitSlip(ctx, fx.resident, key(1), s)
		must(t, err)
		id := r.Opinions[0].ID
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, 1, fx.later())))
		for _, original := range []bool{false, true} {
			if _, err := read(t, db, fx.office, id, u.ID, original); !errors.Is(err, ErrNotViewed) {
				t.Errorf("opened without a view: %v", err)
			}
		}
		for range 3 {
			must(t, db.ViewFiles(ctx, fx.justice, id))
			must(t, db.OpenOriginal(ctx, fx.office, id, u.ID))
		}
		events, err := eventsOf(ctx, db.reader(), id)
		must(t, err)
		if acts := len(events); acts != 4 || events[2].Act != doithoai.ActViewFiles || events[2].ActorID != fx.justice.ID ||
			!slices.Equal(events[3].Facts.Files, []doithoai.FileHash{u.Hash}) {
			t.Errorf("events %+v", events)
		}
		shown, err := read(t, db, fx.justice, id, u.ID, false)
		must(t, err)
		original, err := read(t, db, fx.office, id, u.ID, true)
		must(t, err)
		if bytes.Contains(shown, []byte(taken)) || !bytes.Contains(original, []byte(taken)) {
			t.Error("the place is in what others see, or not in the original")
		}
		// A view serves him who put it on record, for what he viewed.
		if _, err := read(t, db, fx.justice, id, u.ID, true); !errors.Is(err, ErrNotViewed) {
			t.Errorf("the original, by a view of what others see: %v", err)
		}
		_, err = read(t, db, fx.secretary, id, u.ID, true)
		wantKind(t, err, doithoai.NotAllowed, "")
		for _, a := range []doithoai.Actor{fx.land, fx.admin, fx.resident} {
			wantKind(t, db.ViewFiles(ctx, a, id), doithoai.NotAllowed, "")
			_, err := read(t, db, a, id, u.ID, false)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		fx.clock.forward(viewLife + time.Second)
		if _, err := read(t, db, fx.justice, id, u.ID, false); !errors.Is(err, ErrNotViewed) {
			t.Errorf("an old view: %v", err)
		}
		for _, bad := range badIDs {
			_, err := read(t, db, fx.office, id, bad, false)
			wantKind(t, err, doithoai.NotFound, "")
			wantKind(t, db.OpenOriginal(ctx, fx.office, id, bad), doithoai.NotFound, "")
		}
		other := fx.bring(t, db, 2, received).Opinions[0].ID // a file is reached by its own slip alone
		wantKind(t, db.ViewFiles(ctx, fx.office, other), doithoai.NotFound, "")
		_, err = read(t, db, fx.office, other, u.ID, false)
		wantKind(t, err, doithoai.NotFound, "")
		wantClean(t, db)
	})
}

// Whom one opinion of a slip is about sees no file of the slip, nor does their unit; a denunciation takes the files of
// its slip along, to who receives citizens.
func TestFilesOfConductAndDenunciation(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		bring := func(n int) (Received, doithoai.Upload) {
			u := fx.upload(t, db, fx.resident, fmt.Sprint("ảnh", n, ".jpg"))
			s := fx.slip("Đường hỏng.", "Cán bộ một cửa nói năng gay gắt.")
			s.Files = []doithoai.ID{u.ID}
			r, err := db.SubmitSlip(ctx, fx.resident, key(n), s)
			must(t, err)
			must(t, second(db.RuleOpinion(ctx, fx.secretary, r.Opinions[0].ID, 1, fx.later())))
			return r, u
		}
		sees := func(a doithoai.Actor, id doithoai.ID) bool {
			f, err := db.SlipFiles(ctx, a, id)
			if err == nil {
				err = db.ViewFiles(ctx, a, id)
			}
			if (err == nil) != (len(f.Files) > 0) {
				t.Errorf("%d files are listed, viewing says %v", len(f.Files), err)
			}
			return err == nil
		}
		r, _ := bring(1)
		road, service := r.Opinions[0].ID, r.Opinions[1].ID
		if !sees(fx.justice, road) {
			t.Error("who leads the opinion sees no files")
		}
		must(t, db.NameConcerned(ctx, fx.office, service, 1, []doithoai.ID{fx.justice.ID}))
		if sees(fx.justice, road) || !sees(fx.office, road) {
			t.Error("whom the other opinion of the slip is about sees its files, or the office doesn't")
		}
		wantKind(t, db.ViewFiles(ctx, fx.justice, road), doithoai.NotFound, "")

		r, u := bring(2)
		road, service = r.Opinions[0].ID, r.Opinions[1].ID
		must(t, second(db.RuleOpinion(ctx, fx.chair, service, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, Text: "Tố cáo.", HandedOver: true})))
		for _, id := range []doithoai.ID{road, service} {
			if sees(fx.office, id) || sees(fx.chair, id) || sees(fx.justice, id) {
				t.Error("the files of a denunciation are seen")
			}
		}
		reception := fx.secretary
		reception.Roles, reception.Seats = []doithoai.Role{doithoai.RoleReception}, nil
		must(t, db.ViewFiles(ctx, reception, service))
		must(t, second(read(t, db, reception, service, u.ID, false)))
		wantClean(t, db)
	})
}

// The office adds a file to what was handed in, within the bounds of the slip, and each upload once.
func TestAttachFile(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		u := fx.upload(t, db, fx.office, "phiếu giấy.jpg")
		for _, denied := range []doithoai.Actor{fx.chair, fx.justice, fx.land, fx.admin, fx.resident} {
			wantKind(t, db.AttachFile(ctx, denied, id, []doithoai.ID{u.ID}), doithoai.NotAllowed, "")
		}
		wantKind(t, db.AttachFile(ctx, fx.everyRole(), id, []doithoai.ID{u.ID}), doithoai.NotFound, "")
		for _, bad := range badIDs {
			wantKind(t, db.AttachFile(ctx, fx.office, bad, []doithoai.ID{u.ID}), doithoai.NotFound, "")
		}
		wantKind(t, db.AttachFile(ctx, fx.office, id, nil), doithoai.Invalid, "")
		wantKind(t, db.AttachFile(ctx, fx.secretary, id, []doithoai.ID{u.ID}), doithoai.Invalid, "") // another's upload
		must(t, db.AttachFile(ctx, fx.office, id, []doithoai.ID{u.ID}))
		wantKind(t, db.AttachFile(ctx, fx.office, id, []doithoai.ID{u.ID}), doithoai.Invalid, "")
		for n := range 4 {
			must(t, db.AttachFile(ctx, fx.office, id, []doithoai.ID{fx.upload(t, db, fx.office, fmt.Sprint(n)).ID}))
		}
		sixth := fx.upload(t, db, fx.office, "sáu")
		wantKind(t, db.AttachFile(ctx, fx.office, id, []doithoai.ID{sixth.ID}), doithoai.Invalid, "")
		must(t, db.RemoveFile(ctx, fx.office, id, u.ID, 1, "wrong"))
		must(t, db.AttachFile(ctx, fx.office, id, []doithoai.ID{sixth.ID})) // what was taken away counts no more
		wantClean(t, db)
	})
}

// A wrong file goes with its name, and what it held a day later; that it was there stays.
func TestRemoveFile(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		other := fx.bring(t, db, 2, ruled).Opinions[0].ID
		u := fx.upload(t, db, fx.office, "căn cước của người khác.jpg")
		must(t, db.AttachFile(ctx, fx.office, id, []doithoai.ID{u.ID}))
		before := fingerprint(t, db)
		for _, denied := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.land, fx.admin, fx.resident} {
			wantKind(t, db.RemoveFile(ctx, denied, id, u.ID, 1, "wrong"), doithoai.NotAllowed, "")
		}
		wantKind(t, db.RemoveFile(ctx, fx.office, id, u.ID, 1, "chẳng vì sao"), doithoai.Invalid, "")
		wantKind(t, db.RemoveFile(ctx, fx.office, id, u.ID, 2, "wrong"), doithoai.Conflict, "")
		wantKind(t, db.RemoveFile(ctx, fx.office, other, u.ID, 1, "wrong"), doithoai.NotFound, "")
		for _, bad := range badIDs {
			wantKind(t, db.RemoveFile(ctx, fx.office, id, bad, 1, "wrong"), doithoai.NotFound, "")
		}
		wantSame(t, before, fingerprint(t, db))
		must(t, db.ViewFiles(ctx, fx.office, id))
		must(t, db.RemoveFile(ctx, fx.office, id, u.ID, 1, "wrong"))
		wantKind(t, db.RemoveFile(ctx, fx.office, id, u.ID, 2, "wrong"), doithoai.Conflict, "")
		wantKind(t, db.ViewFiles(ctx, fx.office, id), doithoai.NotFound, "")
		_, err := read(t, db, fx.office, id, u.ID, false)
		wantKind(t, err, doithoai.NotFound, "")
		f, err := db.SlipFiles(ctx, fx.office, id)
		must(t, err)
		if len(f.Files) != 1 {
			t.Fatalf("%d traces", len(f.Files))
		}
		if a := f.Files[0]; a.Name != "" || a.RemovedBy != fx.office.ID || a.Reason != "wrong" || a.Hash != u.Hash {
			t.Errorf("the trace is %+v", f.Files)
		}
		wantClean(t, db)
	})
}

// What nothing uses is swept when it is old enough, and nothing else: not what somebody uses anew meanwhile.
func TestSweepFiles(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		db.wall = fx.clock.Now
		kept, lost := fx.upload(t, db, fx.office, "giữ"), fx.upload(t, db, fx.resident, "bỏ đi")
		gone := fx.upload(t, db, fx.office, "lấy ra rồi")
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		must(t, db.AttachFile(ctx, fx.office, id, []doithoai.ID{kept.ID, gone.ID}))
		must(t, db.RemoveFile(ctx, fx.office, id, gone.ID, 1, "wrong"))
		there := func(u doithoai.Upload) bool {
			if db.files.Has(u.Hash) != db.files.Has(u.Shown) {
				t.Error("a picture without what others see of it, or the other way round")
			}
			return db.files.Has(u.Hash)
		}
		sweep := func() {
			must(t, db.purge(ctx))
			must(t, db.sweepFiles(ctx))
		}
		sweep()
		if !there(kept) || !there(lost) || !there(gone) {
			t.Error("swept too early")
		}
		// The disk has the machine's clock: forward goes what the store takes for it.
		fx.clock.now = time.Now()
		fx.clock.forward(DraftLife + 48*time.Hour)
		sweep()
		if !there(kept) || there(lost) || there(gone) {
			t.Errorf("kept %v, lost %v, removed %v", there(kept), there(lost), there(gone))
		}
		if did, err := db.SweepFiles(ctx); !did || err != nil {
			t.Errorf("daily work: %v, %v", did, err)
		}
	})
}

// Too much that waits is refused, and nothing can be kept without a folder.
func TestUploadsAreBounded(t *testing.T) {
	fx := sqliteCopy(t)
	db := fx.open(t)
	old := uploadsMost
	t.Cleanup(func() { uploadsMost = old })
	uploadsMost = uploadBound{files: 1, bytes: 1 << 20}
	fx.upload(t, db, fx.resident, "một")
	_, err := db.KeepUpload(ctxOf(t), fx.resident, "hai.jpg", picture(t), bytes.NewReader(pictureBytes(t, 8)))
	wantKind(t, err, doithoai.Unavailable, "")
	db.files = ""
	_, err = db.KeepUpload(ctxOf(t), fx.resident, "ba.jpg", picture(t), bytes.NewReader(pictureBytes(t, 8)))
	wantKind(t, err, doithoai.Unavailable, "")
}

// Files are in a backup, come back from it, and what is missing or damaged is named, by the backup and by who verifies.
func TestBackupOfFiles(t *testing.T) {
	for _, from := range engines {
		t.Run(from.name, func(t *testing.T) {
			fx := from.copy(t)
			db := fx.open(t)
			ctx := ctxOf(t)
			id := fx.bring(t, db, 1, ruled).Opinions[0].ID
			u, v := fx.upload(t, db, fx.office, "một"), fx.upload(t, db, fx.office, "thứ hai")
			must(t, db.AttachFile(ctx, fx.office, id, []doithoai.ID{u.ID, v.ID}))
			archive := backup(t, db)
			folder := file.Folder(t.TempDir())
			m, err := Restore(ctx, engines[0].bare(t), bytes.NewReader(archive), Options{Files: string(folder)})
			must(t, err)
			if m.Files.Count != 4 || len(m.Files.Missing) > 0 {
				t.Errorf("restored %+v", m.Files)
			}
			must(t, folder.Verify(u.Hash))
			must(t, folder.Verify(v.Shown))
			_, err = Restore(ctx, engines[0].bare(t), bytes.NewReader(archive), Options{})
			if !errors.Is(err, file.ErrNoFolder) {
				t.Errorf("restored without a folder: %v", err)
			}
			if findings, err := db.VerifyFiles(ctx); err != nil || len(findings) > 0 {
				t.Errorf("%v, %v", findings, err)
			}
			at := func(h doithoai.FileHash) string { return string(db.files) + "/" + h.String()[:2] + "/" + h.String() }
			must(t, os.Remove(at(u.Hash)))
			must(t, os.WriteFile(at(v.Hash), []byte("khác"), 0o600))
			findings, err := db.VerifyFiles(ctx)
			must(t, err)
			said := fmt.Sprint(findings)
			if len(findings) != 2 || !strings.Contains(said, "missing") || !strings.Contains(said, "damaged") {
				t.Errorf("findings %v", findings)
			}
			m, err = db.ReadBack(ctx, bytes.NewReader(backup(t, db)))
			must(t, err)
			if m.Files.Count != 2 || len(m.Files.Missing) != 2 {
				t.Errorf("the backup has %+v", m.Files)
			}
			must(t, db.ViewFiles(ctx, fx.office, id))
			must(t, db.OpenOriginal(ctx, fx.office, id, u.ID))
			_, err = read(t, db, fx.office, id, u.ID, true)
			wantKind(t, err, doithoai.Unavailable, "file.problem.missing")
			if !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the log is told %v", err)
			}
		})
	}
}

// When somebody gave what was typed later stands beside when it was typed.
func TestGivenEarlier(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		s := fx.slip("Nước yếu.")
		s.Channel, s.ReadBack = doithoai.ChannelZalo, true
		for i, g := range []doithoai.Given{{On: today.AddDays(-2), Clock: -1}, {On: today.AddDays(-1), Clock: 20*60 + 5}} {
			s.Given = &g
			r, err := db.SubmitSlip(ctx, fx.office, key(i+1), s)
			must(t, err)
			f, err := db.OpinionFile(ctx, fx.office, r.Opinions[0].ID)
			must(t, err)
			slip, err := db.FollowSlip(ctx, fx.resident, r.Code)
			must(t, err)
			if *f.Given != g || *slip.Given != g || f.Opinion.ReceivedAt != db.Now() {
				t.Errorf("given %+v and %+v, want %+v", f.Given, slip.Given, g)
			}
		}
		s.Given = &doithoai.Given{On: today.AddDays(1), Clock: calendar.Clock(-1)}
		_, err := db.SubmitSlip(ctx, fx.office, key(9), s)
		wantKind(t, err, doithoai.Invalid, "")
	})
}

// An authority that was set up before there were files gets their bounds with the migration.
func TestFileLimitsOfOlderAuthorities(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			ctx := ctxOf(t)
			d, write, read, err := connect(e.bare(t))
			must(t, err)
			db := newDB(d, write, read, Options{})
			defer db.closePools() //nolint:errcheck // of a test
			must(t, db.migrateTo(ctx, 13))
			id := newID()
			must(t, db.act(ctx, func(tx *Tx) error {
				if err := tx.exec(ctx, `INSERT INTO authority (id, slug, demo, offline, calendar_version, version)
					VALUES ($1, 'xa-cu', $2, $2, '', 1)`, id, false); err != nil {
					return err
				}
				return tx.exec(ctx, `INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from,
						basis, basis_key, certainty)
					VALUES ($1, 41, 'notice.days', 'notice', 'Thông báo', '7', 'days', $2, '', '', 'certain')`,
					id, calendar.DateOf(2016, 1, 1))
			}))
			must(t, db.migrate(ctx))
			limits, err := db.FileLimits(ctx, id)
			must(t, err)
			if limits != (doithoai.FileLimits{Bytes: 10 << 20, Count: 5}) {
				t.Errorf("limits %+v", limits)
			}
			all, err := loadParameters(ctx, db.reader(), id)
			must(t, err)
			if len(all) != 3 || all[1].Version != 42 || all[2].Version != 43 {
				t.Errorf("rows %+v", all)
			}
		})
	}
}
