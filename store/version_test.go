package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/report"
	"doithoai/tlog"
)

// ring is where the acts with a version are tried, each on subjects of its own.
type ring struct {
	*testing.T
	ctx context.Context
	db  *DB
	fx  *fixture
	n   atomic.Int64

	plans     int // begun
	dialogues int // prepared
}

// next is a number that nothing else in the ring has, nor a rival of who asks.
func (r *ring) next() int { return int(r.n.Add(1)) }

// opinion brings a new opinion to a stage.
func (r *ring) opinion(to stage) doithoai.Opinion {
	return r.fx.bring(r, r.db, r.next(), to).Opinions[0]
}

// account opens an account, to which before is done first.
func (r *ring) account(before ...func(doithoai.ID, int) error) (doithoai.ID, int) {
	o := doithoai.Officer{ID: newID(), AuthorityID: r.fx.authority.ID, UnitID: r.fx.units["dia-chinh"].ID,
		Login: fmt.Sprintf("nguoi-%d", r.next()), Name: "Người Thử", Roles: []doithoai.Role{doithoai.RoleUnitOfficer}}
	must(r, r.db.act(r.ctx, func(tx *Tx) error { return tx.addOfficer(r.ctx, o, decoy) }))
	version := 1
	for _, do := range before {
		must(r, do(o.ID, version))
		version++
	}
	return o.ID, version
}

// post is the post of a new account.
func (r *ring) post() (id doithoai.ID) {
	officer, _ := r.account()
	id, err := one(r.ctx, r.db.reader(), column[doithoai.ID], `SELECT id FROM post WHERE officer_id = $1`, officer)
	must(r, err)
	return id
}

// named is an opinion on conduct that names the justice unit's officer.
func (r *ring) named() doithoai.Opinion {
	o := r.fx.conductSlip(r, r.db, r.next())
	must(r, r.db.NameConcerned(r.ctx, r.fx.office, o.ID, o.Version, []doithoai.ID{r.fx.justice.ID}))
	o.Version++
	return o
}

// accountAct is an administrator's act to an account.
type accountAct func(db *DB, ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error

// managed is the preparation of an act to an account, to which before is done first.
func managed(do accountAct, before ...accountAct) func(*ring) func() error {
	return func(r *ring) func() error {
		var first []func(doithoai.ID, int) error
		for _, b := range before {
			first = append(first, func(id doithoai.ID, version int) error { return b(r.db, r.ctx, r.fx.admin, id, version) })
		}
		id, version := r.account(first...)
		return func() error { return do(r.db, r.ctx, r.fx.admin, id, version) }
	}
}

// moved is the preparation of an act on the petition of an opinion at a stage.
func moved(from stage, do func(r *ring, id doithoai.ID) error) func(*ring) func() error {
	return func(r *ring) func() error {
		id := r.opinion(from).ID
		return func() error { return do(r, id) }
	}
}

// guided is the preparation of an act on a reference page in a state.
func guided(from doithoai.GuideState, do func(*ring, doithoai.Guide) error) func(*ring) func() error {
	return func(r *ring) func() error {
		g := r.fx.guideOf(r, r.db, r.opinion(published).ID, from)
		return func() error { return do(r, g) }
	}
}

// planAct is an act on the first edition of a plan.
type planAct func(*ring, plan.Edition) error

// planned is the preparation of an act on a plan of a year of its own, to which before is done first.
func planned(do planAct, before ...planAct) func(*ring) func() error {
	return func(r *ring) func() error {
		p, err := readPlan()
		must(r, err)
		r.plans++
		e, err := r.db.DraftPlan(r.ctx, r.fx.office, p.Copied(2030+r.plans))
		must(r, err)
		for _, b := range before {
			must(r, b(r, e))
			e.Version++
		}
		return func() error { return do(r, e) }
	}
}

func (r *ring) submitPlan(e plan.Edition) error {
	_, err := r.db.SubmitPlan(r.ctx, r.fx.office, e.PlanID, 0, e.Version)
	return err
}

func (r *ring) signPlan(e plan.Edition) error {
	_, err := r.db.SignPlan(r.ctx, r.fx.chair, e.PlanID, 0, e.Version)
	return err
}

// notice is a notice of the superior.
func (r *ring) notice() plan.Incoming {
	n := notice412(r.db)
	n.Number = fmt.Sprintf("%d/TB-UBND", r.next())
	n, err := r.db.RegisterIncoming(r.ctx, r.fx.office, n)
	must(r, err)
	return n
}

// passed is what the justice unit is to do.
func (r *ring) passed() plan.IncomingRelay {
	return plan.IncomingRelay{Text: "Chuẩn bị", Units: []doithoai.ID{r.fx.units["tu-phap-ho-tich"].ID}}
}

// tasked is the preparation of an act on a task of the justice unit, which is done first where done says so.
func tasked(done bool, do func(*ring, TaskRow) error) func(*ring) func() error {
	return func(r *ring) func() error {
		n := r.notice()
		must(r, r.db.RelayIncoming(r.ctx, r.fx.office, n.ID, n.Version, r.passed()))
		rows, _, err := r.db.Tasks(r.ctx, r.fx.office, TaskFilter{Tab: TasksAll, IncomingID: n.ID})
		must(r, err)
		row := rows[0]
		if done {
			must(r, r.db.ReportTask(r.ctx, r.fx.justice, row.ID, row.Version, plan.TaskReport{Text: "Xong", Done: true}))
			row.Version++
		}
		return func() error { return do(r, row) }
	}
}

// dialogueAct is an act on a dialogue.
type dialogueAct func(*ring, doithoai.Dialogue) error

// stormy is a reason to move a dialogue.
var stormy = doithoai.DialogueMove{Reason: "Bão số 6 đổ bộ vào đúng ngày hội nghị"}

// soon is the dialogue a minute from now.
func (r *ring) soon(d doithoai.Dialogue) doithoai.Dialogue {
	d.StartsAt = r.db.Now().Add(time.Minute)
	d.DoorsAt, d.SlipsUntil = calendar.Instant{}, d.StartsAt
	d.LateReason = "Họp ngay vì việc gấp trong ngày"
	return d
}

// dialogued is the preparation of an act on a dialogue of its own, which begins a minute later, and to which before is
// done first.
func dialogued(do dialogueAct, before ...dialogueAct) func(*ring) func() error {
	return func(r *ring) func() error {
		r.dialogues++
		d := r.soon(r.fx.newDialogue(fmt.Sprintf("vong-%d", r.dialogues), r.fx.plan))
		d, err := r.db.PrepareDialogue(r.ctx, r.fx.office, d)
		must(r, err)
		for _, b := range before {
			must(r, b(r, d))
			d.Version++
		}
		if len(before) > 0 {
			d.StartsAt = d.StartsAt.Add(time.Hour) // for who moves it
			d.SlipsUntil = d.StartsAt
		}
		return func() error { return do(r, d) }
	}
}

// announced writes the announcement of a new dialogue, under a number of its own.
func (r *ring) announced() (text plan.Text, at doithoai.DocumentRef) {
	must(r, dialogued(func(r *ring, d doithoai.Dialogue) (err error) {
		text, at, err = r.fx.writeAnnouncement(r.ctx, r.db, d, fmt.Sprintf("%d/TB-UBND", r.next()))
		return err
	})(r)())
	return text, at
}

// ofPosting is the preparation of an act on the numbered posting of a dialogue of its own.
func ofPosting(do func(*ring, doithoai.PaperNumber) error) func(*ring) func() error {
	var n doithoai.PaperNumber
	return dialogued(func(r *ring, _ doithoai.Dialogue) error { return do(r, n) }, (*ring).announceDialogue,
		func(r *ring, d doithoai.Dialogue) error {
			n = r.fx.papered(r, r.db, doithoai.DocumentPosting, d.ID, fmt.Sprint(500+r.dialogues))
			return nil
		})
}

// ofWithdrawn is such an act on one that was withdrawn without a paper.
func ofWithdrawn(do func(*ring, doithoai.PaperNumber) error) func(*ring) func() error {
	var n doithoai.PaperNumber
	return dialogued(func(r *ring, _ doithoai.Dialogue) error { return do(r, n) }, (*ring).announceDialogue,
		func(r *ring, d doithoai.Dialogue) error {
			n = r.fx.papered(r, r.db, doithoai.DocumentPosting, d.ID, fmt.Sprint(500+r.dialogues))
			err := r.db.WithdrawDocument(r.ctx, r.fx.office, n.Ref(), n.Version, withdrawal(r.db, "Sai."))
			if err != nil {
				return err
			}
			f, err := r.db.Document(r.ctx, r.fx.office, n.Ref())
			n.Version = f.Version
			return err
		})
}

func (r *ring) announceDialogue(d doithoai.Dialogue) error {
	_, err := r.db.AnnounceDialogue(r.ctx, r.fx.office, d.ID, d.Version, "Họp ngay vì việc gấp trong ngày")
	return err
}

// checkIn notes somebody at a dialogue, under its id.
func (r *ring) checkIn(d doithoai.Dialogue) error {
	return r.db.CheckIn(r.ctx, r.fx.office, doithoai.Attendance{ID: d.ID, DialogueID: d.ID, Name: "Ông Lê Văn Thử"})
}

// What brings somebody into the queue of a dialogue, under its id, and then to the microphone.
var (
	inQueue      = []dialogueAct{(*ring).announceDialogue, (*ring).startDialogue, (*ring).joinQueue}
	atMicrophone = append(slices.Clone(inQueue), (*ring).callTurn)
)

func (r *ring) joinQueue(d doithoai.Dialogue) error {
	return r.db.JoinQueue(r.ctx, r.fx.office, doithoai.Turn{ID: d.ID, DialogueID: d.ID, Name: "Ông Lê Văn Thử"})
}

func (r *ring) callTurn(d doithoai.Dialogue) error {
	return r.db.CallTurn(r.ctx, r.fx.office, d.ID, d.ID, 1)
}

func (r *ring) startDialogue(d doithoai.Dialogue) error {
	_, err := r.db.StartDialogue(r.ctx, r.fx.secretary, d.ID, d.Version, r.db.Now())
	return err
}

func (r *ring) closeDialogue(d doithoai.Dialogue) error {
	_, err := r.db.CloseDialogue(r.ctx, r.fx.secretary, d.ID, d.Version, r.db.Now())
	return err
}

// minuted is the preparation of an act on a dialogue that was closed, to which before is done first.
func minuted(do dialogueAct, before ...dialogueAct) func(*ring) func() error {
	closed := []dialogueAct{(*ring).announceDialogue, (*ring).startDialogue, (*ring).closeDialogue}
	return dialogued(do, append(closed, before...)...)
}

func (r *ring) composeMinutes(d doithoai.Dialogue) error {
	return second(r.db.ComposeMinutes(r.ctx, r.fx.office, d.ID, 0))
}

func (r *ring) readMinutes(d doithoai.Dialogue) error {
	return second(r.db.ReadMinutes(r.ctx, r.fx.office, d.ID, 1, r.fx.readBack(r.db)))
}

func (r *ring) writeReport(d doithoai.Dialogue) error {
	return second(r.db.WriteResultReport(r.ctx, r.fx.office, d.ID, 0,
		report.Words{Lacking: "Không", Proposals: "Không"}))
}

func (r *ring) settleReport(d doithoai.Dialogue) error {
	return second(r.db.SettleResultReport(r.ctx, r.fx.office, d.ID, 1))
}

func (r *ring) publishResults(d doithoai.Dialogue) error {
	_, err := r.db.PublishResults(r.ctx, r.fx.office, d.ID, d.Version, r.db.Now())
	return err
}

// versioned are the acts that name the version of what they change. Each prepares a subject and returns the call that
// is made twice at once.
var versioned = map[string]func(*ring) func() error{
	"RuleOpinion": moved(received, func(r *ring, id doithoai.ID) error {
		_, err := r.db.RuleOpinion(r.ctx, r.fx.secretary, id, 1, r.fx.later())
		return err
	}),
	"RuleAlike": func(r *ring) func() error {
		id, other := r.opinion(received).ID, r.opinion(received).ID
		must(r, r.db.GroupOpinions(r.ctx, r.fx.secretary, id, other))
		return func() error {
			_, err := r.db.RuleAlike(r.ctx, r.fx.secretary, id, 1, r.fx.later(), []Versioned{{other, 1}})
			return err
		}
	},
	"SubmitAnswer": moved(ruled, func(r *ring, id doithoai.ID) error {
		return r.db.SubmitAnswer(r.ctx, r.fx.justice, id, 1, testAnswer)
	}),
	"DispatchAnswer": func(r *ring) func() error {
		o := r.opinion(signed)
		return func() error {
			return r.db.DispatchAnswer(r.ctx, r.fx.office, o.ID, 3, string(o.Number)[6:], r.db.Now().Date())
		}
	},
	"AskSupplement": moved(ruled, func(r *ring, id doithoai.ID) error {
		return r.db.AskSupplement(r.ctx, r.fx.justice, id, 1, toAdd)
	}),
	"AnswerSupplement": moved(toSupply, func(r *ring, id doithoai.ID) error {
		return r.db.AnswerSupplement(r.ctx, r.fx.office, id, 2, 1, added)
	}),
	"Reopen": moved(dispatched, func(r *ring, id doithoai.ID) error {
		return r.db.Reopen(r.ctx, r.fx.office, id, 4, notAgreed)
	}),
	"AllowReopening": moved(toReopen, func(r *ring, id doithoai.ID) error {
		return r.db.AllowReopening(r.ctx, r.fx.chair, id, 9)
	}),
	"RefuseReopening": moved(toReopen, func(r *ring, id doithoai.ID) error {
		return r.db.RefuseReopening(r.ctx, r.fx.chair, id, 9, notAgain)
	}),
	"KeepLead": func(r *ring) func() error {
		id := r.opinion(ruled).ID
		must(r, disputes(r.ctx, r.db, r.fx, r.fx.justice, id, 1))
		return func() error { return r.db.KeepLead(r.ctx, r.fx.chair, id, 2, "Đúng lĩnh vực.") }
	},
	"ProposeRefusal": func(r *ring) func() error {
		id := r.opinion(received).ID
		return func() error { return r.db.ProposeRefusal(r.ctx, r.fx.office, id, 1, notTaken) }
	},
	"DeclineRefusal": func(r *ring) func() error {
		id := r.opinion(received).ID
		must(r, r.db.ProposeRefusal(r.ctx, r.fx.office, id, 1, notTaken))
		return func() error { return r.db.DeclineRefusal(r.ctx, r.fx.chair, id, 2, "Vẫn phải trả lời.") }
	},
	"TransferRecord": func(r *ring) func() error {
		id := r.opinion(received).ID
		must(r, second(r.db.RuleOpinion(r.ctx, r.fx.secretary, id, 1, elsewhere())))
		return func() error { return r.db.TransferRecord(r.ctx, r.fx.office, id, 2, r.db.testTransfer()) }
	},
	"RegisterReply": func(r *ring) func() error {
		id, letter := r.opinionWritten()
		return func() error {
			return r.db.RegisterReply(r.ctx, r.fx.justice, id, letter, 1, r.db.testReply(), false)
		}
	},
	"EndOnwardWait": func(r *ring) func() error {
		id, letter := r.opinionWritten()
		return func() error { return r.db.EndOnwardWait(r.ctx, r.fx.justice, id, letter, 1, "Đã rõ.") }
	},
	"DraftGuide": guided(doithoai.GuideDraft, func(r *ring, g doithoai.Guide) error {
		t := g.GuideText
		t.Body = "Bản khác."
		return second(r.db.DraftGuide(r.ctx, r.fx.office, g.ID, g.Version, "", t))
	}),
	"PublishGuide": guided(doithoai.GuideDraft, func(r *ring, g doithoai.Guide) error {
		return r.db.PublishGuide(r.ctx, r.fx.office, g.ID, g.Version)
	}),
	"ConfirmGuide": guided(doithoai.GuidePublished, func(r *ring, g doithoai.Guide) error {
		return r.db.ConfirmGuide(r.ctx, r.fx.justice, g.ID, g.Version)
	}),
	"ReviseGuide": guided(doithoai.GuidePublished, func(r *ring, g doithoai.Guide) error {
		t := g.GuideText
		t.Body = "Bản khác."
		return r.db.ReviseGuide(r.ctx, r.fx.justice, g.ID, g.Version, t)
	}),
	"WithdrawGuide": guided(doithoai.GuidePublished, func(r *ring, g doithoai.Guide) error {
		return r.db.WithdrawGuide(r.ctx, r.fx.office, g.ID, g.Version, "Thủ tục đã bãi bỏ.")
	}),
	"KeepPromise": func(r *ring) func() error {
		id := r.promise()
		return func() error { return r.db.KeepPromise(r.ctx, r.fx.land, id, 1, r.db.Now().Date(), "Đã làm.") }
	},
	"BreakPromise": func(r *ring) func() error {
		id := r.promise()
		return func() error { return r.db.BreakPromise(r.ctx, r.fx.chair, id, 1, "Không làm được.") }
	},
	"WithdrawKept": func(r *ring) func() error {
		id := r.promise()
		must(r, r.db.KeepPromise(r.ctx, r.fx.land, id, 1, r.db.Now().Date(), "Đã làm."))
		return func() error { return r.db.WithdrawKept(r.ctx, r.fx.land, id, 2) }
	},
	"PausePetition": moved(ruled, func(r *ring, id doithoai.ID) error {
		return paper(func(*doithoai.Pause) {})(r.ctx, r.db, r.fx, r.fx.justice, id, 1)
	}),
	"ResumePetition": func(r *ring) func() error {
		id := r.opinion(ruled).ID
		must(r, paper(func(*doithoai.Pause) {})(r.ctx, r.db, r.fx, r.fx.justice, id, 1))
		return func() error { return r.db.ResumePetition(r.ctx, r.fx.justice, id, 2) }
	},
	"ExtendPetition": moved(ruled, func(r *ring, id doithoai.ID) error {
		to := calendar.InstantOf(morning).Date().AddDays(34)
		return r.db.ExtendPetition(r.ctx, r.fx.chair, id, 1, doithoai.Extension{To: to, Reason: "Phải đo đạc lại."})
	}),
	"MoveDue": func(r *ring) func() error {
		id, calendar := r.recalendared()
		return func() error { return r.db.MoveDue(r.ctx, r.fx.office, id, 1, calendar) }
	},
	"KeepDue": func(r *ring) func() error {
		id, calendar := r.recalendared()
		return func() error { return r.db.KeepDue(r.ctx, r.fx.office, id, 1, calendar) }
	},
	"ProposePublication": moved(dispatched, func(r *ring, id doithoai.ID) error {
		return r.db.ProposePublication(r.ctx, r.fx.office, id, 0, testSummary)
	}),
	"ApprovePublication": moved(proposed, func(r *ring, id doithoai.ID) error {
		return r.db.ApprovePublication(r.ctx, r.fx.chair, id, 1)
	}),
	"ReturnPublication": moved(proposed, func(r *ring, id doithoai.ID) error {
		return r.db.ReturnPublication(r.ctx, r.fx.chair, id, 1, "Ngắn hơn.")
	}),
	"RecordDelivery": func(r *ring) func() error {
		o := r.opinion(dispatched)
		d, err := one(r.ctx, r.db.reader(), scanDelivery,
			`SELECT `+deliveryColumns+` FROM delivery WHERE opinion_id = $1 AND way = $2`, o.ID, doithoai.WayPickUp)
		must(r, err)
		return func() error { return r.db.RecordDelivery(r.ctx, r.fx.office, d.ID, d.Version, toldNow(r.db)) }
	},
	"WithdrawDelivery": func(r *ring) func() error {
		o := r.opinion(dispatched)
		d, err := one(r.ctx, r.db.reader(), scanDelivery,
			`SELECT `+deliveryColumns+` FROM delivery WHERE opinion_id = $1 AND way = $2`, o.ID, doithoai.WayPickUp)
		must(r, err)
		must(r, r.db.RecordDelivery(r.ctx, r.fx.office, d.ID, d.Version, toldNow(r.db)))
		return func() error { return r.db.WithdrawDelivery(r.ctx, r.fx.office, d.ID, d.Version+1) }
	},
	"TakeOverDelivery": func(r *ring) func() error {
		o := r.opinion(dispatched)
		must(r, r.db.act(r.ctx, func(tx *Tx) error {
			return tx.exec(r.ctx, `UPDATE delivery SET trouble = $1 WHERE opinion_id = $2 AND way = $3`,
				doithoai.TroubleServer, o.ID, doithoai.WayEmail)
		}))
		d, err := one(r.ctx, r.db.reader(), scanDelivery,
			`SELECT `+deliveryColumns+` FROM delivery WHERE opinion_id = $1 AND way = $2`, o.ID, doithoai.WayEmail)
		must(r, err)
		return func() error { return r.db.TakeOverDelivery(r.ctx, r.fx.office, d.ID, d.Version) }
	},
	"SignOnPaper": func(r *ring) func() error {
		id := r.opinion(submitted).ID
		w := r.fx.onPaper(r, r.db, r.fx.office, "ban-ky.jpg")
		return func() error { return r.db.SignOnPaper(r.ctx, r.fx.office, id, 2, w) }
	},
	"TakeBackPaper": func(r *ring) func() error {
		id := r.opinion(submitted).ID
		must(r, r.db.SignOnPaper(r.ctx, r.fx.office, id, 2, r.fx.onPaper(r, r.db, r.fx.office, "ban-ky.jpg")))
		return func() error { return r.db.TakeBackPaper(r.ctx, r.fx.office, id, 3) }
	},
	"SignCorrectionOnPaper": func(r *ring) func() error {
		id := r.fx.correct(r, r.db, r.next(), correcting).Opinions[0].ID
		w := r.fx.correctionOnPaper(r, r.db, r.fx.office, "ban-ky.jpg")
		return func() error { return r.db.SignCorrectionOnPaper(r.ctx, r.fx.office, id, 1, w) }
	},
	"TakeBackCorrectionPaper": func(r *ring) func() error {
		id := r.fx.correct(r, r.db, r.next(), correcting).Opinions[0].ID
		w := r.fx.correctionOnPaper(r, r.db, r.fx.office, "ban-ky.jpg")
		must(r, r.db.SignCorrectionOnPaper(r.ctx, r.fx.office, id, 1, w))
		return func() error { return r.db.TakeBackCorrectionPaper(r.ctx, r.fx.office, id, 2) }
	},
	"ClassifyOpinion": moved(received, func(r *ring, id doithoai.ID) error {
		return r.db.ClassifyOpinion(r.ctx, r.fx.office, id, 1, doithoai.Classification{Kind: doithoai.KindQuestion})
	}),
	"DecideInitiative": func(r *ring) func() error {
		id := r.opinion(ruled).ID
		version := r.fx.propose(r, r.db, id)
		return func() error { return r.db.DecideInitiative(r.ctx, r.fx.chair, id, version, applied) }
	},
	"SplitOpinion": moved(received, func(r *ring, id doithoai.ID) error {
		return second(r.db.SplitOpinion(r.ctx, r.fx.office, id, 1, "Thủ tục đất đai"))
	}),
	"LinkRepeat": func(r *ring) func() error {
		earlier := r.fx.answeredBefore(r, r.db, r.next()).ID
		id := r.opinion(received).ID
		return func() error { return r.db.LinkRepeat(r.ctx, r.fx.office, id, 1, earlier) }
	},
	"UnlinkRepeat": func(r *ring) func() error {
		earlier := r.fx.answeredBefore(r, r.db, r.next()).ID
		id := r.opinion(received).ID
		must(r, r.db.LinkRepeat(r.ctx, r.fx.office, id, 1, earlier))
		return func() error { return r.db.UnlinkRepeat(r.ctx, r.fx.office, id, 2) }
	},
	"JoinSlip": func(r *ring) func() error {
		into, id := r.opinion(received).ID, r.opinion(received).ID
		return func() error { return r.db.JoinSlip(r.ctx, r.fx.office, id, 1, into) }
	},
	"SeparateSlip": func(r *ring) func() error {
		into, id := r.opinion(received).ID, r.opinion(received).ID
		must(r, r.db.JoinSlip(r.ctx, r.fx.office, id, 1, into))
		return func() error { return r.db.SeparateSlip(r.ctx, r.fx.office, id, 2) }
	},
	"NameConcerned": func(r *ring) func() error {
		o := r.fx.conductSlip(r, r.db, r.next())
		return func() error {
			return r.db.NameConcerned(r.ctx, r.fx.office, o.ID, o.Version, []doithoai.ID{r.fx.justice.ID})
		}
	},
	"GiveExplanation": func(r *ring) func() error {
		must(r, r.db.AskExplanation(r.ctx, r.fx.chair, r.named().ID, r.fx.justice.ID, "Ai trực?", r.db.Now().Date()))
		asked, err := r.db.Explanations(r.ctx, r.fx.justice)
		must(r, err)
		id := asked[len(asked)-1].ID
		return func() error { return r.db.GiveExplanation(r.ctx, r.fx.justice, id, 1, "Tôi trực.") }
	},
	"RemoveFile": func(r *ring) func() error {
		id := r.opinion(received).ID
		u := r.fx.upload(r, r.db, r.fx.office, "ảnh.jpg")
		must(r, r.db.AttachFile(r.ctx, r.fx.office, id, []doithoai.ID{u.ID}))
		return func() error { return r.db.RemoveFile(r.ctx, r.fx.office, id, u.ID, 1, "wrong") }
	},
	"RemoveEvidence": func(r *ring) func() error {
		file := r.fx.upload(r, r.db, r.fx.office, "họp.jpg").ID
		var of doithoai.ID
		report := tasked(false, func(r *ring, t TaskRow) error {
			of = t.ID
			return r.db.AddEvidence(r.ctx, r.fx.office, TaskEvidence(t.ID), []doithoai.ID{file})
		})
		must(r, report(r)())
		return func() error { return r.db.RemoveEvidence(r.ctx, r.fx.office, TaskEvidence(of), file, 1, "wrong") }
	},
	"PublishEvidence": func(r *ring) func() error {
		at, file := r.shownPromise()
		return func() error {
			return r.db.PublishEvidence(r.ctx, r.fx.office, at, file, 1, "Mốc đất mới.", true)
		}
	},
	"UnpublishEvidence": func(r *ring) func() error {
		at, file := r.shownPromise()
		must(r, r.db.PublishEvidence(r.ctx, r.fx.office, at, file, 1, "Mốc đất mới.", true))
		return func() error { return r.db.UnpublishEvidence(r.ctx, r.fx.office, at, file, 2, "wrong") }
	},
	"EndPost": func(r *ring) func() error {
		id := r.post()
		return func() error {
			return r.db.EndPost(r.ctx, r.fx.admin, id, 1, r.db.Now().Date(), "QĐ 42/QĐ-UBND")
		}
	},
	"HandOverPost": func(r *ring) func() error {
		id := r.post()
		heir, _ := r.account()
		return func() error {
			return r.db.HandOverPost(r.ctx, r.fx.admin, id, 1, heir, r.db.Now().Date().AddDays(1), "QĐ 41/QĐ-UBND")
		}
	},
	"RevokeDelegation": func(r *ring) func() error {
		today, receiver := r.db.Now().Date(), r.fx.land.ID
		must(r, r.db.AddPost(r.ctx, r.fx.admin, doithoai.Post{
			OfficerID: receiver, Title: "Phó Chủ tịch UBND xã", Roles: []doithoai.Role{doithoai.RoleViceChair},
		}))
		must(r, r.db.Delegate(r.ctx, r.fx.office, doithoai.Delegation{GiverID: r.fx.chair.ID, ReceiverID: receiver,
			Roles: []doithoai.Role{doithoai.RoleChair}, Manner: doithoai.SigningInPlace, From: today, To: today.AddDays(1),
			Number: "12/GUQ-UBND", Dated: today}))
		all, err := r.db.Delegations(r.ctx, r.fx.office)
		must(r, err)
		return func() error { return r.db.RevokeDelegation(r.ctx, r.fx.chair, all[0].ID, 1) }
	},
	"SetParameter": func(r *ring) func() error {
		last := lastOf(r.T, r.db, r.fx, "answer.complex")
		return func() error {
			_, err := r.db.SetParameter(r.ctx, r.fx.office, last.Version,
				doithoai.ParameterChange{Key: last.Key, Value: "8", From: r.db.Now().Date().AddDays(1)})
			return err
		}
	},
	"WithdrawParameter": func(r *ring) func() error {
		last := lastOf(r.T, r.db, r.fx, "answer.simple")
		set, err := r.db.SetParameter(r.ctx, r.fx.office, last.Version,
			doithoai.ParameterChange{Key: last.Key, Value: "4", From: r.db.Now().Date().AddDays(1)})
		must(r, err)
		return func() error { _, err := r.db.WithdrawParameter(r.ctx, r.fx.office, set.Version); return err }
	},
	"SetPaperTemplate": func(r *ring) func() error {
		one, two := r.fx.wordUpload(r, r.db, r.fx.office, "một"), r.fx.wordUpload(r, r.db, r.fx.office, "hai")
		files := make(chan doithoai.ID, 2)
		files <- one
		files <- two
		return func() error {
			_, err := r.db.SetPaperTemplate(r.ctx, r.fx.office, doithoai.PaperReply, 0, r.db.Now().Date(),
				[]doithoai.ID{<-files})
			return err
		}
	},
	"SetSurveyForm": func(r *ring) func() error {
		all, err := r.db.SurveyForms(r.ctx, r.fx.authority.ID, doithoai.SurveyProcedures)
		must(r, err)
		f := all[0]
		f.From = r.db.Now().Date().AddDays(1)
		return func() error {
			_, err := r.db.SetSurveyForm(r.ctx, r.fx.office, f.Number, f)
			return err
		}
	},
	"SetPeriodForm": func(r *ring) func() error {
		all, err := r.db.PeriodForms(r.ctx, r.fx.office)
		must(r, err)
		f := all[0]
		f.From = r.db.Now().Date()
		return func() error { return r.db.SetPeriodForm(r.ctx, r.fx.office, f.Number, f) }
	},
	"CorrectSurveyStack": func(r *ring) func() error {
		stack, err := r.fx.anyStack(r.ctx, r.db)
		must(r, err)
		return func() error {
			return r.db.CorrectSurveyStack(r.ctx, r.fx.office, stack, 1, doithoai.SurveyStack{Issued: 8, Returned: 8}, "Nhầm.")
		}
	},
	"CorrectSurveySlip": func(r *ring) func() error {
		stack, err := r.fx.anyStack(r.ctx, r.db)
		must(r, err)
		must(r, r.db.TypeSurveySlip(r.ctx, r.fx.office, stack, 1, doithoai.SurveySlip{Answers: []int{5}}))
		return func() error {
			slip := doithoai.SurveySlip{Answers: []int{4}}
			return r.db.CorrectSurveySlip(r.ctx, r.fx.office, stack, 2, 1, slip, "Nhầm.")
		}
	},
	"SetPaperSentence": func(r *ring) func() error {
		words := make(chan string, 2)
		words <- "Một câu."
		words <- "Câu khác."
		return func() error {
			_, err := r.db.SetPaperSentence(r.ctx, r.fx.office, doithoai.PaperReply, "a.sentence", 0, <-words,
				r.db.Now().Date().AddDays(1))
			return err
		}
	},
	"DropPaperTemplate": func(r *ring) func() error {
		_, err := r.db.SetPaperTemplate(r.ctx, r.fx.office, doithoai.PaperRefusal, 0, r.db.Now().Date(),
			[]doithoai.ID{r.fx.wordUpload(r, r.db, r.fx.office, "một")})
		must(r, err)
		return func() error {
			_, err := r.db.DropPaperTemplate(r.ctx, r.fx.office, doithoai.PaperRefusal, 1, r.db.Now().Date())
			return err
		}
	},
	"SetLegalBasis": func(r *ring) func() error {
		all, err := r.db.LegalBases(r.ctx, r.fx.authority.ID)
		must(r, err)
		l, _ := all.ByKey("nd-118-2025-nd-cp")
		l.PersonalData = !l.PersonalData
		return func() error { _, err := r.db.SetLegalBasis(r.ctx, r.fx.office, l.Version, l); return err }
	},
	"ChangeCalendar": func(r *ring) func() error {
		old := mustRules(r, r.db, r.fx).Calendar
		change := withDay(old, calendar.DateOf(2026, 10, 6))
		return func() error { _, err := r.db.ChangeCalendar(r.ctx, r.fx.office, old.Version(), change); return err }
	},
	"SetHostNames": func(r *ring) func() error {
		o, err := r.db.Organisation(r.ctx, r.fx.authority.ID)
		must(r, err)
		return func() error {
			return r.db.SetHostNames(r.ctx, r.fx.admin, o.Names[0].Version, []string{"a.test"}, "")
		}
	},
	"ChangeKey": func(r *ring) func() error {
		_, keeps := r.fx.province(r, r.db)
		s := r.fx.alone(r.db)
		key := func() report.Key {
			_, vkey, err := tlog.GenerateKey(rand.Reader, "xa-thu.test/so")
			must(r, err)
			return comparedKey(r, vkey)
		}
		must(r, r.db.AddSubordinate(r.ctx, keeps, s, key()))
		return func() error { return r.db.ChangeKey(r.ctx, keeps, s.Code, 1, key()) }
	},
	"SetPortal": func(r *ring) func() error {
		o, err := r.db.Organisation(r.ctx, r.fx.authority.ID)
		must(r, err)
		return func() error {
			return r.db.SetPortal(r.ctx, r.fx.office, o.Names[0].Version, doithoai.PortalOffline)
		}
	},
	"ChangeContact": func(r *ring) func() error {
		u := r.fx.units["dia-chinh"]
		return func() error {
			return r.db.ChangeContact(r.ctx, r.fx.office, u.ID, u.Version, "", "Bà Thử", "02550000009")
		}
	},
	"ReportTask": tasked(false, func(r *ring, t TaskRow) error {
		return r.db.ReportTask(r.ctx, r.fx.justice, t.ID, t.Version, plan.TaskReport{Text: "Đang làm"})
	}),
	"RecordTask": tasked(false, func(r *ring, t TaskRow) error {
		return r.db.RecordTask(r.ctx, r.fx.office, t.ID, t.Version,
			plan.TaskReport{Text: "Đang làm", From: "Trưởng bộ phận", On: r.db.Now().Date()})
	}),
	"UrgeTask": tasked(false, func(r *ring, t TaskRow) error {
		return r.db.UrgeTask(r.ctx, r.fx.office, t.ID, t.Version, "")
	}),
	"DropTask": tasked(false, func(r *ring, t TaskRow) error {
		return r.db.DropTask(r.ctx, r.fx.office, t.ID, t.Version, "Không cần nữa")
	}),
	"ReopenTask": tasked(true, func(r *ring, t TaskRow) error {
		return r.db.ReopenTask(r.ctx, r.fx.office, t.ID, t.Version, "Làm lại")
	}),
	"RelayIncoming": func(r *ring) func() error {
		n := r.notice()
		return func() error { return r.db.RelayIncoming(r.ctx, r.fx.office, n.ID, n.Version, r.passed()) }
	},
	"SavePlan": planned(func(r *ring, e plan.Edition) error {
		_, err := r.db.SavePlan(r.ctx, r.fx.office, e.PlanID, 0, e.Version, e.Plan)
		return err
	}),
	"ChangeDialogue": dialogued(func(r *ring, d doithoai.Dialogue) error {
		_, err := r.db.ChangeDialogue(r.ctx, r.fx.office, d.ID, d.Version, d)
		return err
	}),
	"SetProgramme": dialogued(func(r *ring, d doithoai.Dialogue) error {
		_, err := r.db.SetProgramme(r.ctx, r.fx.office, d.ID, d.Version, d.Programme)
		return err
	}),
	"AnnounceDialogue": dialogued((*ring).announceDialogue),
	"MoveDialogue": dialogued(func(r *ring, d doithoai.Dialogue) error {
		next := d
		next.Venue = "Nhà văn hóa thôn"
		_, err := r.db.MoveDialogue(r.ctx, r.fx.office, d.ID, d.Version, next, stormy)
		return err
	}, (*ring).announceDialogue),
	"PostponeDialogue": dialogued(func(r *ring, d doithoai.Dialogue) error {
		_, err := r.db.PostponeDialogue(r.ctx, r.fx.office, d.ID, d.Version, stormy)
		return err
	}, (*ring).announceDialogue),
	"CancelDialogue": dialogued(func(r *ring, d doithoai.Dialogue) error {
		_, err := r.db.CancelDialogue(r.ctx, r.fx.office, d.ID, d.Version, stormy)
		return err
	}),
	"StartDialogue": dialogued((*ring).startDialogue, (*ring).announceDialogue),
	"CloseDialogue": dialogued((*ring).closeDialogue, (*ring).announceDialogue, (*ring).startDialogue),
	"PublishResults": dialogued((*ring).publishResults,
		(*ring).announceDialogue, (*ring).startDialogue, (*ring).closeDialogue),
	"ReportDialogue": dialogued(func(r *ring, d doithoai.Dialogue) error {
		_, err := r.db.ReportDialogue(r.ctx, r.fx.office, d.ID, d.Version, r.db.Now())
		return err
	}, (*ring).announceDialogue, (*ring).startDialogue, (*ring).closeDialogue, (*ring).publishResults),
	"NumberDocument": dialogued(func(r *ring, d doithoai.Dialogue) error {
		_, err := r.db.NumberDocument(r.ctx, r.fx.office, 0, doithoai.Document{
			Kind: doithoai.DocumentPosting, Subject: d.ID, Number: fmt.Sprint(500 + r.dialogues), Dated: r.db.Now().Date(),
		})
		return err
	}, (*ring).announceDialogue),
	"WithdrawDocument": ofPosting(func(r *ring, n doithoai.PaperNumber) error {
		return r.db.WithdrawDocument(r.ctx, r.fx.office, n.Ref(), n.Version, withdrawal(r.db, "Sai."))
	}),
	"GiveWithdrawalPaper": ofWithdrawn(func(r *ring, n doithoai.PaperNumber) error {
		w := withdrawal(r.db, "")
		w.Whose, w.Number, w.Dated = doithoai.WithdrawnByOwn, fmt.Sprint(r.next()), w.From
		return r.db.GiveWithdrawalPaper(r.ctx, r.fx.office, n.Ref(), n.Version, w)
	}),
	"UndoWithdrawal": ofWithdrawn(func(r *ring, n doithoai.PaperNumber) error {
		return r.db.UndoWithdrawal(r.ctx, r.fx.office, n.Ref(), n.Version, "Nhầm.")
	}),
	"ReplaceDocument": ofPosting(func(r *ring, n doithoai.PaperNumber) error {
		_, err := r.db.ReplaceDocument(r.ctx, r.fx.office, n.Ref(), n.Version, fmt.Sprint(r.next()), r.db.Now().Date())
		return err
	}),
	"WriteText": dialogued(func(r *ring, d doithoai.Dialogue) error {
		_, err := r.db.WriteText(r.ctx, r.fx.office, 0, plan.Text{
			DialogueID: d.ID, Kind: plan.TextHouseRules, Body: "Nội quy",
		})
		return err
	}),
	"KeepSigned": func(r *ring) func() error {
		text, at := r.announced()
		first := same(r.fx.signedPDF(r, r.db, r.fx.office, string(at.Subject)))
		return func() error { return r.db.KeepSigned(r.ctx, r.fx.office, at, 0, text.Version, first) }
	},
	"TakeSignedBack": func(r *ring) func() error {
		text, at := r.announced()
		k := same(r.fx.signedPDF(r, r.db, r.fx.office, string(at.Subject)))
		must(r, r.db.KeepSigned(r.ctx, r.fx.office, at, 0, text.Version, k))
		return func() error { return r.db.TakeSignedBack(r.ctx, r.fx.office, at, 1) }
	},
	"AnswerRequest": func(r *ring) func() error {
		v, err := r.db.RegisterRequest(r.ctx, r.fx.office, plan.VoterRequest{
			On: r.db.Now().Date(), Asked: 900, Voters: 8000, Matter: "Đường liên thôn.",
		})
		must(r, err)
		r.dialogues++
		d := r.fx.newDialogue(fmt.Sprintf("vong-%d", r.dialogues), r.fx.plan)
		d.Kinds = []doithoai.DialogueKind{doithoai.KindRequested}
		d, err = r.db.PrepareDialogue(r.ctx, r.fx.office, r.soon(d))
		must(r, err)
		return func() error { return r.db.AnswerRequest(r.ctx, r.fx.office, v.ID, v.Version, d.ID) }
	},
	"SubmitPlan": planned((*ring).submitPlan),
	"DropPlan": planned(func(r *ring, e plan.Edition) error {
		_, err := r.db.DropPlan(r.ctx, r.fx.office, e.PlanID, 0, e.Version, "Nhập nhầm.")
		return err
	}),
	"WithdrawPlan": planned(func(r *ring, e plan.Edition) error {
		_, err := r.db.WithdrawPlan(r.ctx, r.fx.office, e.PlanID, 0, e.Version)
		return err
	}, (*ring).submitPlan),
	"ReturnPlan": planned(func(r *ring, e plan.Edition) error {
		_, err := r.db.ReturnPlan(r.ctx, r.fx.chair, e.PlanID, 0, e.Version, "Xem lại.")
		return err
	}, (*ring).submitPlan),
	"SignPlan": planned((*ring).signPlan, (*ring).submitPlan),
	"IssuePlan": planned(func(r *ring, e plan.Edition) error {
		_, err := r.db.IssuePlan(r.ctx, r.fx.office, e.PlanID, 0, e.Version, "1/KH-UBND", r.db.Now().Date())
		return err
	}, (*ring).submitPlan, (*ring).signPlan),
	"SetSeats": func(r *ring) func() error {
		_, version, err := r.db.Seats(r.ctx, r.fx.office, r.fx.dialogue.ID)
		must(r, err)
		return func() error { return r.db.SetSeats(r.ctx, r.fx.office, r.fx.dialogue.ID, version, 120) }
	},
	"ChangeDelegate": func(r *ring) func() error {
		i := r.fx.delegate(r, r.db, fmt.Sprintf("Người %d", r.next()), "Đại biểu")
		return func() error {
			return r.db.ChangeDelegate(r.ctx, r.fx.office, r.fx.dialogue.ID, i.ID, i.Version, plan.Delegate{Invitation: i})
		}
	},
	"RemoveDelegate": func(r *ring) func() error {
		i := r.fx.delegate(r, r.db, fmt.Sprintf("Người %d", r.next()), "Đại biểu")
		return func() error {
			return r.db.RemoveDelegate(r.ctx, r.fx.office, r.fx.dialogue.ID, i.ID, i.Version)
		}
	},
	"WithdrawInvitation": func(r *ring) func() error {
		i := r.fx.invited(r, r.db, fmt.Sprintf("Người %d", r.next()), "Đại biểu")
		return func() error {
			return r.db.WithdrawInvitation(r.ctx, r.fx.office, r.fx.dialogue.ID, i.ID, i.Version, "Nhầm")
		}
	},
	"RecordReply": func(r *ring) func() error {
		i := r.fx.invited(r, r.db, fmt.Sprintf("Người %d", r.next()), "Đại biểu")
		return func() error {
			return r.db.RecordReply(r.ctx, r.fx.office, r.fx.dialogue.ID, i.ID, i.Version,
				plan.Reply{Answer: plan.InvitationAccepted})
		}
	},
	"KeepFigures": figured(func(r *ring, s plan.Sheet) error {
		return second(r.db.KeepFigures(r.ctx, r.fx.office, s, s.Version))
	}),
	"SubmitFigures": figured(func(r *ring, s plan.Sheet) error {
		return second(r.db.SubmitFigures(r.ctx, r.fx.office, s, s.Version))
	}),
	"ReturnFigures": figured(func(r *ring, s plan.Sheet) error {
		return second(r.db.ReturnFigures(r.ctx, r.fx.office, s.DialogueID, s.UnitID, s.Version, "Sai kỳ."))
	}),
	"SaveEstimate": estimated(func(r *ring, id doithoai.ID, version int) error {
		return second(r.db.SaveEstimate(r.ctx, r.fx.office, id, version, testLines()))
	}),
	"SubmitEstimate": estimated((*ring).submitEstimate),
	"WithdrawEstimate": estimated(func(r *ring, id doithoai.ID, version int) error {
		return second(r.db.WithdrawEstimate(r.ctx, r.fx.office, id, version))
	}, (*ring).submitEstimate),
	"RefuseEstimate": estimated(func(r *ring, id doithoai.ID, version int) error {
		return second(r.db.RefuseEstimate(r.ctx, r.fx.chair, id, version, "Chưa có báo giá."))
	}, (*ring).submitEstimate),
	"ChangeEstimate": estimated(func(r *ring, id doithoai.ID, version int) error {
		return second(r.db.ChangeEstimate(r.ctx, r.fx.chair, id, version, make([]plan.Cost, 2), "Không chi."))
	}, (*ring).submitEstimate),
	"ApproveEstimate": estimated((*ring).approveEstimate, (*ring).submitEstimate),
	"FundEstimate":    estimated((*ring).fundEstimate, (*ring).submitEstimate, (*ring).approveEstimate),
	"RecordSpending": estimated(func(r *ring, id doithoai.ID, version int) error {
		return second(r.db.RecordSpending(r.ctx, inRole(r.fx.land, doithoai.RoleFinance), id, version,
			make([]plan.Spending, 2), ""))
	}, (*ring).submitEstimate, (*ring).approveEstimate, (*ring).fundEstimate),
	"SetLogisticsItem": func(r *ring) func() error {
		i := r.item()
		return func() error { return second(r.db.SetLogisticsItem(r.ctx, r.fx.office, i.Version, i)) }
	},
	"FinishLogisticsItem": func(r *ring) func() error {
		i := r.item()
		return func() error {
			return second(r.db.FinishLogisticsItem(r.ctx, r.fx.office, i.DialogueID, i.ID, i.Version, r.db.Now().Date(), ""))
		}
	},
	"DropLogisticsItem": func(r *ring) func() error {
		i := r.item()
		return func() error {
			return second(r.db.DropLogisticsItem(r.ctx, r.fx.office, i.DialogueID, i.ID, i.Version, "Không cần."))
		}
	},
	"ReopenLogisticsItem": func(r *ring) func() error {
		i, err := r.item(), error(nil)
		i, err = r.db.DropLogisticsItem(r.ctx, r.fx.office, i.DialogueID, i.ID, i.Version, "Không cần.")
		must(r, err)
		return func() error {
			return second(r.db.ReopenLogisticsItem(r.ctx, r.fx.office, i.DialogueID, i.ID, i.Version))
		}
	},
	"SaveBulletin": func(r *ring) func() error {
		id := r.dialogue().ID
		return func() error { return second(r.db.SaveBulletin(r.ctx, r.fx.office, id, 0, "Kính mời bà con.")) }
	},
	"ReleaseBulletin": func(r *ring) func() error {
		id := r.dialogue().ID
		must(r, second(r.db.SaveBulletin(r.ctx, r.fx.office, id, 0, "Kính mời bà con.")))
		return func() error { return second(r.db.ReleaseBulletin(r.ctx, r.fx.office, id, 1)) }
	},
	"LogBroadcast": func(r *ring) func() error {
		b := r.broadcast()
		b.State, b.Note, b.Clock = plan.BroadcastMissed, "Mất điện.", 0
		return func() error { return r.db.LogBroadcast(r.ctx, r.fx.office, b.DialogueID, b.ID, b.Version, b) }
	},
	"DropBroadcast": func(r *ring) func() error {
		b := r.broadcast()
		return func() error { return r.db.DropBroadcast(r.ctx, r.fx.office, b.DialogueID, b.ID, b.Version) }
	},
	"TellVillage": func(r *ring) func() error {
		relay := r.relay()
		return func() error { return r.db.TellVillage(r.ctx, r.fx.office, 0, relay) }
	},
	"CallTurn": dialogued(func(r *ring, d doithoai.Dialogue) error {
		return r.db.CallTurn(r.ctx, r.fx.office, d.ID, d.ID, 1)
	}, inQueue...),
	"EndTurn": dialogued(func(r *ring, d doithoai.Dialogue) error {
		return r.db.EndTurn(r.ctx, r.fx.office, d.ID, d.ID, 2)
	}, atMicrophone...),
	"MissTurn": dialogued(func(r *ring, d doithoai.Dialogue) error {
		return r.db.MissTurn(r.ctx, r.fx.office, d.ID, d.ID, 1)
	}, inQueue...),
	"WithdrawTurn": dialogued(func(r *ring, d doithoai.Dialogue) error {
		return r.db.WithdrawTurn(r.ctx, r.fx.office, d.ID, d.ID, 1)
	}, inQueue...),
	"ReturnTurn": dialogued(func(r *ring, d doithoai.Dialogue) error {
		return r.db.ReturnTurn(r.ctx, r.fx.office, d.ID, d.ID, 2)
	}, atMicrophone...),
	"MoveTurn": dialogued(func(r *ring, d doithoai.Dialogue) error {
		return r.db.MoveTurn(r.ctx, r.fx.office, d.ID, d.ID, 1, 1)
	}, inQueue...),
	"WithdrawNote": dialogued(func(r *ring, d doithoai.Dialogue) error {
		return r.db.WithdrawNote(r.ctx, r.fx.office, d.ID, d.ID, 1)
	}, (*ring).announceDialogue, func(r *ring, d doithoai.Dialogue) error {
		return r.db.NoteHall(r.ctx, r.fx.office, doithoai.HallNote{
			ID: d.ID, DialogueID: d.ID, At: r.db.Now(), Kind: doithoai.NoteOther, Body: "Mưa to.",
		})
	}),
	"ShowQuestion": dialogued(func(r *ring, d doithoai.Dialogue) error {
		_, err := r.db.ShowQuestion(r.ctx, r.fx.office, d.ID, 0, "Giấy này căn cứ vào đâu?", "", "", false)
		return err
	}, (*ring).announceDialogue, (*ring).startDialogue),
	"ShowStep": dialogued(func(r *ring, d doithoai.Dialogue) error {
		return r.db.ShowStep(r.ctx, r.fx.office, d.ID, 0)
	}, (*ring).announceDialogue, (*ring).startDialogue),
	"UndoCheckIn": dialogued(func(r *ring, d doithoai.Dialogue) error {
		return r.db.UndoCheckIn(r.ctx, r.fx.office, d.ID, d.ID, 1)
	}, (*ring).announceDialogue, (*ring).checkIn),
	"ComposeMinutes": minuted((*ring).composeMinutes),
	"CorrectMinutes": minuted(func(r *ring, d doithoai.Dialogue) error {
		return second(r.db.CorrectMinutes(r.ctx, r.fx.office, d.ID, 1, "Mất điện", wording("dia-diem", "Địa điểm: Sân.")))
	}, (*ring).composeMinutes),
	"ReadMinutes": minuted((*ring).readMinutes, (*ring).composeMinutes),
	"LockMinutes": minuted(func(r *ring, d doithoai.Dialogue) error {
		return second(r.db.LockMinutes(r.ctx, r.fx.office, d.ID, 2))
	}, (*ring).composeMinutes, (*ring).readMinutes),
	"WriteConclusion": minuted(func(r *ring, d doithoai.Dialogue) error {
		return second(r.db.WriteConclusion(r.ctx, r.fx.office, d.ID, 0, "Ghi nhận."))
	}),
	"WriteResultReport": minuted(func(r *ring, d doithoai.Dialogue) error {
		return second(r.db.WriteResultReport(r.ctx, r.fx.office, d.ID, 0, report.Words{Lacking: "Không"}))
	}),
	"SettleResultReport": minuted(func(r *ring, d doithoai.Dialogue) error {
		return second(r.db.SettleResultReport(r.ctx, r.fx.office, d.ID, 1))
	}, (*ring).writeReport),
	"ReopenResultReport": minuted(func(r *ring, d doithoai.Dialogue) error {
		return second(r.db.ReopenResultReport(r.ctx, r.fx.office, d.ID, 2, "Nhầm."))
	}, (*ring).writeReport, (*ring).settleReport),
	"PostInVillage": func(r *ring) func() error {
		relay := r.relay()
		return func() error { return r.db.PostInVillage(r.ctx, r.fx.office, 0, relay) }
	},
	"SendDocument": func(r *ring) func() error {
		at := doithoai.DocumentRef{Kind: doithoai.DocumentReply, Subject: r.opinion(dispatched).ID}
		return func() error {
			return r.db.SendDocument(r.ctx, r.fx.office, at, 0,
				[]doithoai.Sending{toUnit(r.fx.justice.UnitID, doithoai.BySystem, "")}, nth)
		}
	},
	"RecordRecipient": sentTo(func(r *ring, x doithoai.Recipient) error {
		return r.db.RecordRecipient(r.ctx, r.fx.office, x.ID, x.Version, doithoai.RecipientAcknowledged, "Văn thư")
	}),
	"UrgeRecipients": sentTo(func(r *ring, x doithoai.Recipient) error {
		return r.db.UrgeRecipients(r.ctx, r.fx.office, x.Document, 1, doithoai.Chase{Way: "call"})
	}),
	"AcknowledgeDocument": sentTo(func(r *ring, x doithoai.Recipient) error {
		return r.db.AcknowledgeDocument(r.ctx, r.fx.justice, x.ID, x.Version)
	}),
	"UrgeVillage": func(r *ring) func() error {
		u := plan.Urging{
			DialogueID: r.dialogue().ID, VillageID: r.fx.villages[0].ID, Matter: plan.RelayAnnouncement, Way: "call",
		}
		return func() error { return r.db.UrgeVillage(r.ctx, r.fx.office, 0, u) }
	},
	"LockAccount":       managed((*DB).LockAccount),
	"UnlockAccount":     managed((*DB).UnlockAccount, (*DB).LockAccount),
	"DeactivateAccount": managed((*DB).DeactivateAccount),
	"ReactivateAccount": managed((*DB).ReactivateAccount, (*DB).DeactivateAccount),
	"ResetSecondStep":   managed((*DB).ResetSecondStep),
	"ResetPassword": managed(func(db *DB, ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
		_, err := db.ResetPassword(ctx, actor, id, version)
		return err
	}),
}

// figured is the preparation of an act on the justice unit's sheet: handed in where it is to be given back, else as far
// as it is typed.
func figured(do func(*ring, plan.Sheet) error) func(*ring) func() error {
	return func(r *ring) func() error {
		s := r.fx.figures()
		all, err := r.db.ProcedureSheets(r.ctx, r.fx.office, s.DialogueID)
		must(r, err)
		if len(all) > 0 {
			s.Version = all[0].Version
		}
		if strings.HasSuffix(r.Name(), "/ReturnFigures") {
			s, err = r.db.SubmitFigures(r.ctx, r.fx.office, s, s.Version)
		} else if len(all) > 0 && all[0].State == plan.SheetSubmitted {
			s, err = r.db.ReturnFigures(r.ctx, r.fx.office, s.DialogueID, s.UnitID, s.Version, "Sai kỳ.")
			s.Rows = r.fx.figures().Rows
		}
		must(r, err)
		return func() error { return do(r, s) }
	}
}

// recalendared is an opinion whose due date the calendar in force would move, with that calendar's version.
func (r *ring) recalendared() (doithoai.ID, string) {
	old := mustRules(r, r.db, r.fx).Calendar
	ruling := r.fx.later()
	ruling.Due = ruling.Due.AddDays(-1)
	for !old.Works(ruling.Due) { // another one has made it a day off
		ruling.Due = ruling.Due.AddDays(-1)
	}
	id := r.opinion(received).ID
	_, err := r.db.RuleOpinion(r.ctx, r.fx.secretary, id, 1, ruling)
	must(r, err)
	r.fx.clock.forward(time.Minute)
	next, err := r.db.ChangeCalendar(r.ctx, r.fx.office, old.Version(), withDay(old, ruling.Due))
	must(r, err)
	return id, next.Version()
}

// Of two who do an act to the same version at once, exactly one succeeds and the other is told of it.
func TestEachVersionIsWonOnce(t *testing.T) {
	tried := maps.Clone(versioned)
	for name, a := range opinionActs {
		tried[name] = moved(a.from, func(r *ring, id doithoai.ID) error {
			return a.do(r.ctx, r.db, r.fx, a.actor(r.fx), id, a.version)
		})
	}
	if names := versionedMethods(t); !slices.Equal(names, slices.Sorted(maps.Keys(tried))) {
		t.Errorf("methods with a version: %v\ntried here: %v", names, slices.Sorted(maps.Keys(tried)))
	}
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		r := &ring{T: t, ctx: ctxOf(t), db: db, fx: fx}
		r.n.Store(1000)
		for _, name := range slices.Sorted(maps.Keys(tried)) {
			t.Run(name, func(t *testing.T) {
				r.T = t
				do := tried[name](r)
				first, second := inRivalry(t, db, c, do, do)
				if first != nil {
					first, second = second, first
				}
				if first != nil {
					t.Fatalf("nobody wins: %v, %v", first, second)
				}
				want := doithoai.Conflict
				if name == "WithdrawParameter" { // its row is gone
					want = doithoai.NotFound
				}
				if doithoai.KindOf(second) != want {
					t.Errorf("the other is told %v, want %v", second, want)
				}
			})
		}
		r.T = t
		wantClean(t, db)
	})
}

// inRivalry does two things at the same time: whichever comes to its commit first waits there until the other comes to
// its own, waits for a lock, or is done.
func inRivalry(t *testing.T, db *DB, c *commits, do, other func() error) (error, error) {
	t.Helper()
	var mu sync.Mutex
	commits := 0
	done := make(chan struct{}, 2)
	c.set(func() error {
		mu.Lock()
		commits++
		first := commits == 1
		mu.Unlock()
		until := time.Now().Add(10 * time.Second)
		for ; first && time.Now().Before(until); time.Sleep(2 * time.Millisecond) {
			mu.Lock()
			both := commits > 1
			mu.Unlock()
			if both || len(done) > 0 || db.somebodyWaits() {
				break
			}
		}
		return nil
	})
	defer c.set(nil)
	var errs [2]error
	var group sync.WaitGroup
	for i, f := range []func() error{do, other} {
		group.Go(func() {
			errs[i] = f()
			done <- struct{}{}
		})
	}
	group.Wait()
	return errs[0], errs[1]
}

// somebodyWaits reports whether an act waits for another one's row in PostgreSQL. SQLite has one writer: the other one
// always does.
func (db *DB) somebodyWaits() bool {
	if db.dialect == dialectSQLite {
		return true
	}
	var n int
	err := db.read.QueryRow(`SELECT count(*) FROM pg_stat_activity
		WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&n)
	return err == nil && n > 0
}

// versionedMethods are the exported methods of DB that do something by an actor to a version.
func versionedMethods(t *testing.T) (names []string) {
	for _, f := range storeFuncs(t) {
		if f.Recv == nil || !f.Name.IsExported() {
			continue
		}
		star, ok := f.Recv.List[0].Type.(*ast.StarExpr)
		if !ok {
			continue
		}
		if of, ok := star.X.(*ast.Ident); ok && of.Name == "DB" && hasParameter(f, "actor") && hasParameter(f, "version") {
			names = append(names, f.Name.Name)
		}
	}
	slices.Sort(names)
	return names
}

func hasParameter(f *ast.FuncDecl, name string) bool {
	return slices.ContainsFunc(f.Type.Params.List, func(field *ast.Field) bool {
		return slices.ContainsFunc(field.Names, func(n *ast.Ident) bool { return n.Name == name })
	})
}

// storeFuncs are the functions of this package, tests apart.
func storeFuncs(t *testing.T) (all []*ast.FuncDecl) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	must(t, err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		must(t, err)
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				all = append(all, fn)
			}
		}
	}
	return all
}

// What a return statement returns and what a call in it fills in must not stand side by side: Go leaves open which
// comes first.
func TestReturnsAreOrdered(t *testing.T) {
	for _, f := range storeFuncs(t) {
		ast.Inspect(f, func(n ast.Node) bool {
			ret, ok := n.(*ast.ReturnStmt)
			if !ok || len(ret.Results) < 2 {
				return true
			}
			given := map[string]bool{}
			for _, r := range ret.Results {
				if v, ok := r.(*ast.Ident); ok {
					given[v.Name] = true
				}
			}
			for _, r := range ret.Results {
				for name := range filledIn(r) {
					if given[name] {
						t.Errorf("%s: a return gives %s and fills it in", f.Name.Name, name)
					}
				}
			}
			return true
		})
	}
}

// filledIn are the variables that an expression may change: whose address it takes, and what its closures assign.
func filledIn(e ast.Expr) map[string]bool {
	names := map[string]bool{}
	root := func(e ast.Expr) {
		for {
			switch v := e.(type) {
			case *ast.SelectorExpr:
				e = v.X
				continue
			case *ast.IndexExpr:
				e = v.X
				continue
			case *ast.Ident:
				names[v.Name] = true
			}
			return
		}
	}
	ast.Inspect(e, func(n ast.Node) bool {
		switch v := n.(type) {
		case *ast.UnaryExpr:
			if v.Op == token.AND {
				root(v.X)
			}
		case *ast.AssignStmt:
			if v.Tok == token.ASSIGN {
				for _, l := range v.Lhs {
					root(l)
				}
			}
		}
		return true
	})
	return names
}

// Two units that are closed at once, each in favour of the other, would leave the work of both to nobody.
func TestUnitsAreClosedOneAfterTheOther(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		a, b := fx.units["dia-chinh"].ID, fx.units["tu-phap-ho-tich"].ID
		last := merger.AddDays(-1)
		first, second := inRivalry(t, db, c,
			func() error { return db.CloseUnit(ctx, fx.office, a, last, b) },
			func() error { return db.CloseUnit(ctx, fx.office, b, last, a) })
		if first != nil {
			first, second = second, first
		}
		must(t, first)
		wantKind(t, second, doithoai.Invalid, "")
		o, err := db.Organisation(ctx, fx.authority.ID)
		must(t, err)
		for _, id := range []doithoai.ID{a, b} {
			if _, ok := o.Heir(id, merger); !ok {
				t.Errorf("unit %s has no heir", id)
			}
		}
		// Nor are two of one name opened.
		open := func() error {
			_, err := db.OpenUnit(ctx, fx.office, doithoai.Unit{Name: "Phòng Kinh tế", From: merger})
			return err
		}
		first, second = inRivalry(t, db, c, open, open)
		if (first == nil) == (second == nil) {
			t.Errorf("two units of one name: %v, %v", first, second)
		}
	})
}

// TestNoVersionTakesWhatStands: whatever a form says that it was seen with, another version than the one that stands is
// refused.
func TestNoVersionTakesWhatStands(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, submitted).Opinions[0].ID
		for _, version := range []int{-1, 0, 1, 3, 1 << 30, -1 << 31} {
			wantKind(t, db.SignAnswer(ctx, fx.chair, o, version), doithoai.Conflict, "error.conflict")
		}
		must(t, db.SignAnswer(ctx, fx.chair, o, 2))
	})
}

// sentTo tries an act on a recipient of a reply.
func sentTo(do func(*ring, doithoai.Recipient) error) func(*ring) func() error {
	return func(r *ring) func() error {
		at := doithoai.DocumentRef{Kind: doithoai.DocumentReply, Subject: r.opinion(dispatched).ID}
		must(r, r.db.SendDocument(r.ctx, r.fx.office, at, 0,
			[]doithoai.Sending{toUnit(r.fx.justice.UnitID, doithoai.BySystem, "")}, nth))
		relay, err := r.db.DocumentRelay(r.ctx, r.fx.office, at)
		must(r, err)
		return func() error { return do(r, relay.Recipients[0]) }
	}
}
