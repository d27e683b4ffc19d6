package settings

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

const postsPath = web.SettingsPath + "/can-bo"

// postsPage lists the officers with their posts, and what they delegated.
type postsPage struct {
	*web.Reader
	Officers     []store.OfficerPosts
	Delegations  []doithoai.Delegation
	Organisation doithoai.Organisation
	Done         string
}

func (s *site) posts(r *web.Request) error {
	p, err := s.loadPosts(r)
	if err != nil {
		return err
	}
	p.Done = doneWords(r, "settings.posts.done.")
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadPosts(r *web.Request) (p postsPage, err error) {
	p.Reader = r.Reader
	if p.Officers, err = s.db.Posts(r.Context(), r.Actor()); err != nil {
		return p, err
	}
	if p.Delegations, err = s.db.Delegations(r.Context(), r.Actor()); err != nil {
		return p, err
	}
	p.Organisation, err = s.db.Organisation(r.Context(), r.Authority.ID)
	return p, err
}

// finish goes back to the list after an act, or shows the form again with what is wrong in it.
func (p postsPage) finish(r *web.Request, act doithoai.Act, err error, again func(web.Problems, string) error) error {
	switch doithoai.KindOf(err) {
	case doithoai.Invalid, doithoai.Conflict:
		problems, refusal := p.Reader.Problems(err), ""
		if !problems.Any() {
			refusal = web.RefusalWords(p.Reader, err)
		}
		return again(problems, refusal)
	}
	if err != nil {
		return err
	}
	return r.Redirect(postsPath + "?xong=" + string(act))
}

// readDays reads days as they were typed, by field. What was typed and is not a day is a problem of its field; an empty
// one stays absent.
func readDays(typed map[string]string) (map[string]calendar.Date, error) {
	days, list := map[string]calendar.Date{}, []doithoai.Problem(nil)
	for field, s := range typed {
		if s == "" {
			continue
		}
		d, err := calendar.ParseDateVN(s)
		if err != nil {
			list = append(list, doithoai.Problem{Field: field, Key: "organisation.post.problem.date"})
		}
		days[field] = d
	}
	if len(list) > 0 {
		slices.SortFunc(list, func(a, b doithoai.Problem) int { return strings.Compare(a.Field, b.Field) })
		return nil, doithoai.RefuseForm(list)
	}
	return days, nil
}

func rolesOf(typed []string) []doithoai.Role {
	roles := make([]doithoai.Role, len(typed))
	for i, r := range typed {
		roles[i] = doithoai.Role(r)
	}
	return roles
}

// postForm is a post as it was typed.
type postForm struct {
	Officer string   `form:"can-bo" line:"true"`
	Title   string   `form:"chuc-vu" line:"true"`
	Unit    string   `form:"don-vi" line:"true"`
	Village string   `form:"thon" line:"true"`
	Roles   []string `form:"vai-tro"`
	From    string   `form:"tu-ngay" line:"true" day:"true"`
	To      string   `form:"den-ngay" line:"true" day:"true"`
	Paper   string   `form:"van-ban" line:"true"`
}

type newPostPage struct {
	postsPage
	Form     postForm
	Problems web.Problems
	Refusal  string
}

func (s *site) newPost(r *web.Request) error {
	p, err := s.loadPosts(r)
	if err != nil {
		return err
	}
	f := postForm{Officer: r.URL.Query().Get("can-bo"), From: r.Date(r.Today())}
	return r.Page(http.StatusOK, newPostPage{postsPage: p, Form: f}.view())
}

func (s *site) addPost(r *web.Request) error {
	var f postForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadPosts(r)
	if err != nil {
		return err
	}
	days, err := readDays(map[string]string{"tu-ngay": f.From, "den-ngay": f.To})
	if err == nil {
		err = s.db.AddPost(r.Context(), r.Actor(), doithoai.Post{
			OfficerID: doithoai.ID(f.Officer), Title: f.Title, UnitID: doithoai.ID(f.Unit), VillageID: doithoai.ID(f.Village),
			Roles: rolesOf(f.Roles), From: days["tu-ngay"], To: days["den-ngay"], Paper: f.Paper,
		})
	}
	return p.finish(r, doithoai.ActAddPost, err, func(problems web.Problems, refusal string) error {
		return r.Page(web.StatusOf(err), newPostPage{p, f, problems, refusal}.view())
	})
}

// changeForm ends a post or hands it over.
type changeForm struct {
	Version  int    `form:"phien-ban"`
	Receiver string `form:"nguoi-nhan" line:"true"`
	From     string `form:"tu-ngay" line:"true" day:"true"`
	Paper    string `form:"van-ban" line:"true"`
	Last     string `form:"ngay-cuoi" line:"true" day:"true"`
	Basis    string `form:"can-cu" line:"true"`
}

type postPage struct {
	postsPage
	Post     doithoai.Post
	Form     changeForm
	Problems web.Problems
	Refusal  string
}

func (s *site) post(r *web.Request) error {
	p, err := s.loadPost(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadPost(r *web.Request) (p postPage, err error) {
	if p.Post, err = s.db.Post(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	p.Form.Version = p.Post.Version
	p.postsPage, err = s.loadPosts(r)
	return p, err
}

func (s *site) endPost(r *web.Request) error {
	return s.changePost(r, doithoai.ActEndPost, func(f changeForm, days map[string]calendar.Date, id doithoai.ID) error {
		return s.db.EndPost(r.Context(), r.Actor(), id, f.Version, days["ngay-cuoi"], f.Basis)
	})
}

func (s *site) handOverPost(r *web.Request) error {
	handOver := func(f changeForm, days map[string]calendar.Date, id doithoai.ID) error {
		return s.db.HandOverPost(r.Context(), r.Actor(), id, f.Version, doithoai.ID(f.Receiver), days["tu-ngay"], f.Paper)
	}
	return s.changePost(r, doithoai.ActHandOverPost, handOver)
}

func (s *site) changePost(
	r *web.Request, act doithoai.Act, change func(changeForm, map[string]calendar.Date, doithoai.ID) error,
) error {
	var f changeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadPost(r)
	if err != nil {
		return err
	}
	days, err := readDays(map[string]string{"tu-ngay": f.From, "ngay-cuoi": f.Last})
	if err == nil {
		err = change(f, days, p.Post.ID)
	}
	return p.finish(r, act, err, func(problems web.Problems, refusal string) error {
		p.Form, p.Problems, p.Refusal = f, problems, refusal
		return r.Page(web.StatusOf(err), p.view())
	})
}

// delegationForm is a delegation as it was typed.
type delegationForm struct {
	Giver    string   `form:"nguoi-giao" line:"true"`
	Receiver string   `form:"nguoi-nhan" line:"true"`
	Roles    []string `form:"vai-tro"`
	Manner   string   `form:"hinh-thuc" line:"true"`
	From     string   `form:"tu-ngay" line:"true" day:"true"`
	To       string   `form:"den-ngay" line:"true" day:"true"`
	Number   string   `form:"so" line:"true"`
	Dated    string   `form:"ngay" line:"true" day:"true"`
}

type delegationPage struct {
	postsPage
	Form     delegationForm
	Problems web.Problems
	Refusal  string
}

// newDelegation asks first who delegates, unless it is the chair who asks: what can be delegated are that officer's
// roles.
func (s *site) newDelegation(r *web.Request) error {
	p, err := s.loadPosts(r)
	if err != nil {
		return err
	}
	f := delegationForm{
		Giver: r.URL.Query().Get("nguoi-giao"), Manner: string(doithoai.SigningInPlace),
		From: r.Date(r.Today()), Dated: r.Date(r.Today()),
	}
	if f.Giver == "" && r.Actor().Has(doithoai.RoleChair) {
		f.Giver = string(r.Actor().ID)
	}
	page := delegationPage{postsPage: p, Form: f}
	page.proposed()
	return r.Page(http.StatusOK, page.view())
}

func (s *site) delegate(r *web.Request) error {
	var f delegationForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadPosts(r)
	if err != nil {
		return err
	}
	days, err := readDays(map[string]string{"tu-ngay": f.From, "den-ngay": f.To, "ngay": f.Dated})
	if err == nil {
		err = s.db.Delegate(r.Context(), r.Actor(), doithoai.Delegation{
			GiverID: doithoai.ID(f.Giver), ReceiverID: doithoai.ID(f.Receiver), Roles: rolesOf(f.Roles),
			Manner: doithoai.SigningManner(f.Manner), From: days["tu-ngay"], To: days["den-ngay"],
			Number: f.Number, Dated: days["ngay"],
		})
	}
	return p.finish(r, doithoai.ActDelegate, err, func(problems web.Problems, refusal string) error {
		return r.Page(web.StatusOf(err), delegationPage{p, f, problems, refusal}.view())
	})
}

func (s *site) revokeDelegation(r *web.Request) error {
	var f web.VersionForm
	if err := r.Form(&f); err != nil {
		return err
	}
	if err := s.db.RevokeDelegation(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")), f.Version); err != nil {
		return err
	}
	return r.Redirect(postsPath + "?xong=" + string(doithoai.ActRevokeDelegation))
}

// usualTerm is for how many days a delegation is proposed.
const usualTerm = 7

// proposed fills in what can only be one way, and the usual term.
func (p *delegationPage) proposed() {
	giver, ok := p.giver()
	if !ok {
		return
	}
	if roles := ownRoles(giver, p.Today()); len(roles) == 1 {
		p.Form.Roles = []string{string(roles[0])}
	}
	if all := p.receivers(giver); len(all) == 1 {
		p.Form.Receiver, p.Form.Manner = string(all[0].Officer.ID), string(all[0].manners[0])
	}
	p.Form.To = p.Date(p.Today().AddDays(usualTerm - 1))
}

// receiver is an officer who can sign for another, and how.
type receiver struct {
	store.OfficerPosts
	manners []doithoai.SigningManner
}

// receivers are who can sign for the giver today or later, but for who asks: nobody delegates to themselves. Deputies
// come first. Whether they can on the first day of the delegation, its rule says.
func (p delegationPage) receivers(giver store.OfficerPosts) (all []receiver) {
	for _, o := range p.Officers {
		manners := mannersSince(giver.Posts, o.Posts, p.Today())
		if o.Officer.Active && o.Officer.ID != giver.Officer.ID && o.Officer.ID != p.Actor().ID && len(manners) > 0 {
			all = append(all, receiver{o, manners})
		}
	}
	slices.SortStableFunc(all, func(a, b receiver) int { return cmp.Compare(a.manners[0], b.manners[0]) })
	return all
}

// mannersSince are the manners in which the receiver can sign for the giver on a day or later, by posts that begin then
// too.
func mannersSince(giver, receiver []doithoai.Post, day calendar.Date) []doithoai.SigningManner {
	can := doithoai.MannersFor(giver, receiver, day)
	for _, p := range slices.Concat(giver, receiver) {
		if p.From.After(day) {
			can = append(can, doithoai.MannersFor(giver, receiver, p.From)...)
		}
	}
	return slices.DeleteFunc(slices.Clone(doithoai.SigningManners), func(m doithoai.SigningManner) bool {
		return !slices.Contains(can, m)
	})
}

// giver is the officer who delegates; false where none is chosen yet, or there is no such officer.
func (p delegationPage) giver() (store.OfficerPosts, bool) {
	i := slices.IndexFunc(p.Officers, func(o store.OfficerPosts) bool { return string(o.Officer.ID) == p.Form.Giver })
	if i < 0 {
		return store.OfficerPosts{}, false
	}
	return p.Officers[i], true
}

// roleChoices are roles to be chosen from.
func roleChoices(r *web.Reader, roles []doithoai.Role) []ui.Choice {
	var list []ui.Choice
	for _, role := range roles {
		list = append(list, ui.Choice{
			Value: string(role), Text: r.T("organisation.role." + string(role)),
			Hint: ui.Hint{Text: r.T("organisation.role.hint." + string(role))},
		})
	}
	return list
}

// unitOptions are the units of today, after the choice of none.
func unitOptions(r *web.Reader, o doithoai.Organisation, none string) []ui.Option {
	list := []ui.Option{{Text: r.T(none)}}
	for _, u := range o.UnitsOn(r.Today()) {
		list = append(list, ui.Option{Value: string(u.ID), Text: u.Name})
	}
	return list
}

// villageOptions are the villages of today, after the choice of none.
func villageOptions(r *web.Reader, o doithoai.Organisation) []ui.Option {
	list := []ui.Option{{Text: r.T("settings.posts.no_village")}}
	for _, v := range o.VillagesOn(r.Today()) {
		list = append(list, ui.Option{Value: string(v.ID), Text: v.Name})
	}
	return list
}

// ownRoles are the roles that an officer's own posts carry today or later: what they can delegate.
func ownRoles(o store.OfficerPosts, today calendar.Date) []doithoai.Role {
	var roles []doithoai.Role
	for _, p := range o.Posts {
		for _, role := range p.Roles {
			if (p.To.IsZero() || !p.To.Before(today)) && !slices.Contains(roles, role) {
				roles = append(roles, role)
			}
		}
	}
	return roles
}
